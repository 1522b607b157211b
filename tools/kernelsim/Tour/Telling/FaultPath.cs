using KernelSim.Protocol.Gate;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>The call path of a fault, from the outside in, including the steps that were never reached.</summary>
internal static class FaultPath
{
    /// <summary>The path of one call; it must have ended in a fault.</summary>
    public static StoryBlock Of(CallFacts call, PerformanceFacts performance)
    {
        AccessViolation fault = call.Fault!.Value;
        bool crossed = call.Request.Ioctls.Any(i => !LedgerGrid.IsQuery(i.Start.Operation));
        Run kernel = crossed
            ? Run.Dim("done before, with STATUS_SUCCESS")
            : Run.Dim("never reached: the request was still being built");
        return new PathBlock(
            "call path",
            [
                new PathStep("application", CallTeller.Spell(call)),
                new PathStep(
                    "library",
                    $"{LibraryVersionNames.NameOf(performance.Library)}, {(call.IsUpdate ? "marshals the request" : "unmarshals the reply")}"),
                new PathStep("copy loop", Run.Bad($"element {ElementsDone(call)} (of 0 to {call.Count - 1}), at {fault.Site}")),
                new PathStep("kernel", kernel),
            ]);
    }

    /// <summary>Number of values that the library had copied before the fault: the index of the faulting element.</summary>
    public static int ElementsDone(CallFacts call) => call.ValueCopies.Select(c => (int)c.Element + 1).DefaultIfEmpty(0).Max();
}
