CREATE WORKLOAD reports IN src;

CREATE WORKLOAD IF NOT EXISTS reports IN `src`;

CREATE OR REPLACE WORKLOAD reports IN src SETTINGS weight = 3;

-- order means nothing
CREATE WORKLOAD reports IN src SETTINGS weight = 3, priority = -1, max_io_requests = 100 FOR src_disk, max_bytes_per_second = '10M' FOR src_disk;

-- one setting for all and one for a resource
CREATE WORKLOAD reports IN src SETTINGS weight = 2, weight = 4 FOR src_disk;

-- spelling of values
CREATE WORKLOAD reports IN src SETTINGS weight = '3', max_concurrent_threads = 8, max_cpus = 2.50, max_memory = '1Gi';

-- names that need quotes
CREATE WORKLOAD `my reports` IN src;
