using KernelSim.Testing.Tests.Child;

[assembly: AssemblyFixture(typeof(ChildRun))]
