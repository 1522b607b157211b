namespace KernelSim.UserMode.Tests.Support;

/// <summary>
/// Tests that listen to the providers, or that must be sure that nobody does. The providers are the host process's, so these run one after
/// the other, after all others.
/// </summary>
[CollectionDefinition(nameof(TracedCollection), DisableParallelization = true)]
public sealed class TracedCollection;
