using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Museum.Facts;

namespace KernelSim.Tool.Museum.Telling;

/// <summary>The words for sides, states and outcomes, in text and in JSON.</summary>
internal static class ExhibitNames
{
    /// <summary>A side by its name.</summary>
    public static string Of(ExhibitSide side) => side switch
    {
        ExhibitSide.Application => "application",
        ExhibitSide.Library => "library",
        ExhibitSide.Driver => "driver",
        _ => "protocol",
    };

    /// <summary>A state by its name.</summary>
    public static string Of(BugState state) => state switch
    {
        BugState.Fixed => "fixed",
        BugState.Open => "open",
        _ => "unreported",
    };

    /// <summary>A heap by its name on the command line.</summary>
    public static string Of(HeapMode heap) => heap == HeapMode.Guarded ? "guarded" : "packed";

    /// <summary>An outcome by its name.</summary>
    public static string Of(ActOutcome outcome) => outcome switch
    {
        ActOutcome.Right => "right",
        ActOutcome.Wrong => "wrong",
        ActOutcome.Crashed => "crashed",
        _ => "stopped",
    };
}
