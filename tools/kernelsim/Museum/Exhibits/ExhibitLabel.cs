namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>The label beside an exhibit: what it is, where it is from, and what a user saw.</summary>
internal sealed record ExhibitLabel
{
    /// <summary>By which the command line names it, such as <c>efw-3564-lookup</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The bug, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Whose code was wrong.</summary>
    public required ExhibitSide Side { get; init; }

    /// <summary>Owner and name of the repository that had the bug.</summary>
    public string Project { get; init; } = "microsoft/ebpf-for-windows";

    /// <summary>When it was reported; for an unreported bug, when its code was written.</summary>
    public required int Year { get; init; }

    /// <summary>What has become of it.</summary>
    public BugState State { get; init; } = BugState.Fixed;

    /// <summary>The report; for an unreported bug, the lines of source.</summary>
    public required Uri Link { get; init; }

    /// <summary>The changes that corrected it; empty if it is not corrected.</summary>
    public IReadOnlyList<Uri> Fixes { get; init; } = [];

    /// <summary>What a user saw, in one line.</summary>
    public required string Saw { get; init; }

    /// <summary>An issue of a repository on GitHub.</summary>
    public static Uri Issue(int number, string project = "microsoft/ebpf-for-windows") => new($"https://github.com/{project}/issues/{number}");

    /// <summary>A pull request of a repository on GitHub.</summary>
    public static Uri Pull(int number, string project = "microsoft/ebpf-for-windows") => new($"https://github.com/{project}/pull/{number}");

    /// <summary>A line of eBPF for Windows' sources, at the commit that the simulator follows.</summary>
    public static Uri Source(string file, int line) =>
        new($"https://github.com/microsoft/ebpf-for-windows/blob/0be2d1c3f36cf85146faa21df3550b6a92712545/{file}#L{line}");
}
