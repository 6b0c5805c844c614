-- A newsroom's database. The harbor and its ferry do not exist.
CREATE ROLE reader LOGIN PASSWORD 'p@ss:w/rd?#% é\';
GRANT pg_read_all_data TO reader;
CREATE ROLE signaller LOGIN PASSWORD 'p@ss:w/rd?#% é\';
GRANT pg_read_all_data, pg_signal_backend TO signaller;
CREATE ROLE climber LOGIN NOINHERIT PASSWORD 'p@ss:w/rd?#% é\';
GRANT signaller TO climber;
CREATE TYPE tide AS ENUM ('low', 'high');
CREATE DOMAIN fare AS numeric(10, 2) CHECK (value >= 0);
CREATE TABLE crossings (
    day date PRIMARY KEY, passengers bigint, takings numeric, ticket fare, weight real, length double precision,
    at timestamptz, tide tide, on_time boolean, note text
);
INSERT INTO crossings VALUES
    ('2025-03-01', 9007199254740993, 123456789012345678901234567890.120, 3.1, 0.1, 0.1, '2025-03-01 09:30:00+00', 'low', true, 'first'),
    ('2025-03-02', NULL, 0.00, 12, 1e30, 1e300, NULL, 'high', false, NULL);
CREATE SEQUENCE tickets;
CREATE TABLE log (line text);
GRANT ALL ON log, tickets TO reader;
CREATE FUNCTION write_to_log() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (''written''); RETURN 1; END';
CREATE TABLE held (n int);
