using KernelSim.Protocol.Gate;

namespace KernelSim.Tool.Museum.Acting;

/// <summary>A call as the program saw it, before its trace has been read.</summary>
/// <param name="Function">The function or, for a message that the program sends itself, the operation.</param>
/// <param name="Arguments">Its arguments, as the program would write them.</param>
/// <param name="IsShown">Whether the story tells it; otherwise it only prepares what is told.</param>
internal sealed record PlayedStep(string Function, string Arguments, bool IsShown)
{
    /// <summary>The return value; null if the call did not return, and for a message.</summary>
    public int? Result { get; init; }

    /// <summary>The status of a message that the program sent itself, by name; null for a call of the library.</summary>
    public string? Status { get; init; }

    /// <summary>The fault that ended the process; null if there was none.</summary>
    public AccessViolation? Fault { get; init; }

    /// <summary>Id of the request of a message; null for a call, whose request the trace knows by its function.</summary>
    public ulong? Request { get; init; }

    /// <summary>The call with its arguments.</summary>
    public string Spelled => $"{Function}({Arguments})";
}
