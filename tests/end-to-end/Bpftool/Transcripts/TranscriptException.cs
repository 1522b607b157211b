namespace KernelSim.EndToEnd.Tests.Bpftool.Transcripts;

/// <summary>A command of the transcript that ends otherwise on the machine.</summary>
/// <param name="Line">The command; <c>*</c> at its end stands for the rest.</param>
/// <param name="Reason">Why.</param>
internal sealed record TranscriptException(string Line, string Reason)
{
    /// <summary>What the machine answers; null if the command is not run.</summary>
    public ToolRun? Answer { get; init; }

    /// <summary>Whether the elements come in another order.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>The commands that leave the machine as the transcript's was left.</summary>
    public string[] Then { get; init; } = [];

    /// <summary>The section that it is in; empty for any.</summary>
    public string Section { get; init; } = "";

    /// <summary>Whether it is the exception for a command.</summary>
    public bool Matches(TranscriptCommand command) => command.Section.StartsWith(Section, StringComparison.Ordinal)
        && (Line.EndsWith('*') ? command.Line.StartsWith(Line[..^1], StringComparison.Ordinal) : command.Line == Line);
}
