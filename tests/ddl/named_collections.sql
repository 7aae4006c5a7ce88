CREATE NAMED COLLECTION files AS url = 'https://bucket.example.com/a.csv';

CREATE NAMED COLLECTION files AS url = 'https://bucket.example.com/a.csv', format = 'CSV';

-- marks
CREATE NAMED COLLECTION files AS url = 'https://x/' NOT OVERRIDABLE, format = 'CSV' OVERRIDABLE, compression = 'auto';

-- keys are sorted, case matters
CREATE NAMED COLLECTION files AS b = 'x', a = 'y', B = 'z';

-- numbers and words are text
CREATE NAMED COLLECTION numbers AS port = 9000, text = '9000', low = -3, secure = true, off = FALSE, large = 18446744073709551615;

-- names and keys that need quotes
CREATE NAMED COLLECTION `my files` AS `a b` = 'x', `key.dot` = 'y', key.path = 'z', `größe` = 1;

-- places of secrets
CREATE NAMED COLLECTION db AS host = 'h', user = 'u', password = 'env:DB_PASSWORD', token = 'file:secrets/token', secret = '';
