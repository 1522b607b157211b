using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using KernelSim.Tracing;
using Xunit.v3;

namespace KernelSim.Tests;

/// <summary>Records the events of one machine, told by its request ids.</summary>
public sealed class MachineEvents : EventRecorder
{
    /// <summary>Starts to record.</summary>
    /// <param name="providers">The kernel's provider unless given.</param>
    /// <param name="level">The session's level.</param>
    /// <param name="besideOthers">
    /// Whether other tests of the assembly may run meanwhile: not if any of them counts bytes, as listening makes every machine allocate.
    /// </param>
    /// <param name="test">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    public MachineEvents(
        IEnumerable<EventSource>? providers = null,
        EventLevel level = EventLevel.Verbose,
        bool besideOthers = false,
        [CallerMemberName] string test = "",
        [CallerFilePath] string file = "")
        : base(providers ?? [KernelEventSource.Log], level)
    {
        Assert.True(
            besideOthers || TestContext.Current.TestCollection is IXunitTestCollection { DisableParallelization: true },
            "A test that listens belongs to a collection that runs alone.");
        RequestIdBase = RequestIds.BaseOf(test, file);
    }

    /// <summary>What to boot the machine with.</summary>
    public ulong RequestIdBase { get; }

    /// <summary>The events so far as text: name and fields, with request ids counted from the base.</summary>
    public IReadOnlyList<string> Texts => [.. Events.Select(e => e.Describe(RequestIdBase))];

    /// <summary>The base class's constructor lets events in before there is a base: those belong to other machines.</summary>
    protected override bool Keeps(ulong requestId) =>
        RequestIdBase != 0 && requestId > RequestIdBase && requestId < RequestIdBase + RequestIds.PerMachine;
}
