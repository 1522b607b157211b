// Providers belong to the host process: a test that listens would hear what another test writes, and "off" would not be off.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
