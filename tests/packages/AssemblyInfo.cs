[assembly: AssemblyFixture(typeof(KernelSim.Packages.Tests.Feed.PackedFeed))]
