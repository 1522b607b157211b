using System.Text.Json;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>An update or a deletion of the lab's map, as its <c>Sandbox.cs</c> takes them.</summary>
/// <param name="Op"><see cref="Put"/> or <see cref="Delete"/>.</param>
/// <param name="Key">Key of the element.</param>
/// <param name="Value">The value of an update.</param>
internal sealed record ChainWrite(string Op, uint Key, ulong Value)
{
    public const string Put = "put";

    public const string Delete = "delete";
}

/// <summary>Calls of a reader and a writer, all schedules of which are tried: <c>Trial</c> of <c>Sandbox.cs</c>.</summary>
/// <param name="Before">What the writer does before the reader comes.</param>
/// <param name="Writes">What it does meanwhile.</param>
/// <param name="Key">What the reader looks up.</param>
/// <param name="Allowed">What it may find; null stands for nothing.</param>
/// <param name="InsertsAtOnce">Whether Insert is not interrupted.</param>
/// <param name="CountsBlocks">Whether as many blocks as elements must be left.</param>
internal sealed record ChainTrial(
    IReadOnlyList<ChainWrite> Before,
    IReadOnlyList<ChainWrite> Writes,
    uint Key,
    IReadOnlyList<ulong?> Allowed,
    bool InsertsAtOnce,
    bool CountsBlocks);

/// <summary>What trying all schedules found.</summary>
/// <param name="Problem">What went wrong; null if nothing did.</param>
/// <param name="Played">Number of schedules.</param>
/// <param name="Log">What each step of the last one did.</param>
internal sealed record ExploreFacts(string? Problem, int Played, IReadOnlyList<string> Log);

/// <summary>An update that a schedule made.</summary>
/// <param name="Key">Key of the element.</param>
/// <param name="Value">The value that was stored.</param>
internal sealed record PutFact(uint Key, ulong Value);

/// <summary>A look-up that a schedule made.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Key">Key of the element.</param>
/// <param name="Found">Whether there was a value.</param>
/// <param name="Value">Its value; 0 if there is none.</param>
/// <param name="IsStale">Whether it touched a block that had been freed since it learned the address.</param>
internal sealed record LookFact(string Reader, uint Key, bool Found, ulong Value, bool IsStale);

/// <summary>What a schedule did.</summary>
/// <param name="Problem">Why it could not be played to its end; null if it was.</param>
/// <param name="Puts">Its updates.</param>
/// <param name="Looks">The look-ups that ended.</param>
/// <param name="Deleted">Number of elements that it deleted.</param>
/// <param name="Waiting">Blocks that were retired and not freed after its last line.</param>
/// <param name="Inside">Readers that were in their epochs after its last line.</param>
/// <param name="Misuse">What touched a block that had been freed; null if nothing did.</param>
/// <param name="Leaks">What was left when the machine had shut down.</param>
/// <param name="Log">What each step did.</param>
internal sealed record PlayFacts(
    string? Problem,
    IReadOnlyList<PutFact> Puts,
    IReadOnlyList<LookFact> Looks,
    int Deleted,
    int Waiting,
    int Inside,
    string? Misuse,
    IReadOnlyList<string> Leaks,
    IReadOnlyList<string> Log);

/// <summary>Runs the lab's sandbox, which is compiled with a chain, in a process of its own.</summary>
internal static class ChainRuns
{
    /// <summary>The student's source.</summary>
    public const string SourceFile = "Chain.cs";

    private const string Class = "Sandbox";

    /// <summary>The sources that the chain is compiled with.</summary>
    public static IReadOnlyList<string> Given { get; } = ["ChainMap.cs", "ChainMemory.cs", "Stage.cs", "Sandbox.cs"];

    /// <summary>Plays a schedule.</summary>
    /// <param name="run">Where it runs.</param>
    /// <param name="job">Whether it needs a process of its own: a <see cref="CallsJob"/>, or a <see cref="GivenCallsJob"/>.</param>
    /// <param name="library">The compiled sandbox.</param>
    /// <param name="elements">Keys and values that are in the map at the start.</param>
    /// <param name="lines">The schedule.</param>
    /// <param name="facts">What it did.</param>
    /// <param name="problem">Why nothing is known.</param>
    public static bool Play(
        TaskRun run,
        HostJob<CallsInput, MethodValues> job,
        string library,
        IEnumerable<(uint Key, ulong Value)> elements,
        IReadOnlyList<string> lines,
        out PlayFacts? facts,
        out string problem) =>
        Run(run, job, library, "Play", [elements.SelectMany(e => (ulong[])[e.Key, e.Value]).ToArray(), lines], out facts, out problem);

    /// <summary>Tries all schedules of calls of the student's chain.</summary>
    /// <param name="run">Where it runs.</param>
    /// <param name="library">The compiled sandbox.</param>
    /// <param name="trials">The calls.</param>
    /// <param name="facts">What was found.</param>
    /// <param name="problem">Why nothing is known.</param>
    public static bool Explore(TaskRun run, string library, IReadOnlyList<ChainTrial> trials, out ExploreFacts? facts, out string problem) =>
        Run(run, new CallsJob(), library, "Explore", [trials], out facts, out problem);

    private static bool Run<TFacts>(
        TaskRun run,
        HostJob<CallsInput, MethodValues> job,
        string library,
        string method,
        object[] arguments,
        out TFacts? facts,
        out string problem)
        where TFacts : class
    {
        facts = null;
        CallsInput input = new(library, Class, method, [[.. arguments.Select(a => JsonSerializer.SerializeToElement(a, a.GetType()))]]);
        if (!run.Hosts.Run(job, input, out MethodValues? values, out problem))
        {
            return false;
        }

        string said = values!.Values.SingleOrDefault() ?? "";
        try
        {
            facts = JsonSerializer.Deserialize<TFacts>(said, HostWire.Format);
        }
        catch (JsonException)
        {
            // Not facts, but the exception that the chain threw.
            problem = said;
        }

        return facts is not null;
    }
}
