using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;

namespace KernelSim.Tool.Trace.Why;

/// <summary>The commands of the debugger that show more of a failure: what the kernel has of the request, and the map that it was about.</summary>
internal static class DebuggerCommandsOf
{
    public static IReadOnlyList<string> Story(FailureStory story)
    {
        if (story.Kind == FailureKind.None)
        {
            return [];
        }

        long map = story.Request.Events.OfType<MapLayoutEvent>().LastOrDefault()?.MapId ?? 0;
        return
        [
            .. story.Kind == FailureKind.Fault ? ["!analyze -v"] : Array.Empty<string>(),
            $"!request {story.Request.Id}",
            map == 0 ? "!maps" : $"!map {map}",
        ];
    }

    public static IReadOnlyList<string> Story(ProgramFaultStory story) => ["!analyze -v", $"!prog {story.Fault.ProgramId}"];
}
