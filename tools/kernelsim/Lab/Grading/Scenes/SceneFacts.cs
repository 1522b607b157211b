using KernelSim.LabScripts;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>What came of a scene.</summary>
/// <param name="Steps">What came of its steps, as far as it went.</param>
internal sealed record SceneFacts(IReadOnlyList<SceneOutcome> Steps)
{
    /// <summary>The bugcheck in the step after the last of <see cref="Steps"/>; null if there was none.</summary>
    public BugcheckFact? Stop { get; init; }

    /// <summary>Whether the step after the last of <see cref="Steps"/> did not end.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Whether the machine is gone, and all its threads with it.</summary>
    public bool IsOver { get; init; }
}

/// <summary>What came of a step.</summary>
/// <param name="Status">A status by name, or in a word or a number what the step looked for.</param>
internal sealed record SceneOutcome(string Status)
{
    /// <summary>That a request has not ended.</summary>
    public const string Waits = "it waits";

    /// <summary>That a call has reached the point at which it parks.</summary>
    public const string Parked = "parked";

    /// <summary>Whether a request has ended with a reply.</summary>
    public bool HasReply { get; init; }

    /// <summary>Information of a request with a reply.</summary>
    public ulong Information { get; init; }

    /// <summary>As many bytes of the program's buffer as Information says, or as it has.</summary>
    public byte[] Reply { get; init; } = [];

    /// <summary>How many bytes of the program's buffer behind the reply were written.</summary>
    public int BytesBehind { get; init; }

    /// <summary>A request that has ended with a reply.</summary>
    public static SceneOutcome Replied(string status, ReadOnlySpan<byte> reply) =>
        new(status) { HasReply = true, Information = (ulong)reply.Length, Reply = reply.ToArray() };

    /// <summary>All of it, for people and to compare.</summary>
    public override string ToString()
    {
        string bytes = Reply.Length == 0 ? "" : $" {Hex.Of(Reply)}";
        string behind = BytesBehind == 0 ? "" : $", and {BytesBehind} bytes behind the reply";
        return HasReply ? $"{Status}, Information {Information}{bytes}{behind}" : Status;
    }
}

/// <summary>Why the machine stopped, and in which method of the submitted driver.</summary>
/// <param name="Code">The bugcheck code, such as 0x0A.</param>
/// <param name="Parameter">Its first parameter.</param>
/// <param name="Text">Code, parameters and, if the student's code threw an exception, that.</param>
/// <param name="Place">The student's method that the machine stopped in, with file and line; null if it stopped elsewhere.</param>
/// <param name="Processors">What each processor was doing.</param>
internal sealed record BugcheckFact(uint Code, ulong Parameter, string Text, string? Place, IReadOnlyList<string> Processors);
