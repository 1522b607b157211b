// Providers belong to the host process: a test that listens would hear what another test writes, and "off" would not be off.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
