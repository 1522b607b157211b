using KernelSim.Architecture.Tests.Sources;

// Compiled once for all tests of this project.
[assembly: AssemblyFixture(typeof(SourceIndex))]
