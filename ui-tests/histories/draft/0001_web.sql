-- chx:migration 1
-- chx:id 0001_web
-- chx:draft

-- chx:up

CREATE DATABASE web;
