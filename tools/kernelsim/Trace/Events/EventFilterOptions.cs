using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KernelSim.LabScripts.Explain;
using KernelSim.Protocol;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Filtering;

namespace KernelSim.Tool.Trace;

/// <summary>The options that filter events, shared by <c>events</c> and <c>tail</c>.</summary>
internal sealed class EventFilterOptions
{
    private readonly Option<ulong[]> _request = new("--request")
    {
        Description = "Only events of this request; may be given more than once.",
        HelpName = "ID",
        CustomParser = r => [.. r.Tokens.Select(t => Number(r, t.Value))],
    };

    private readonly Option<string[]> _provider = new("--provider")
    {
        Description = "Only events of this provider: Kernel or UserApi.",
        HelpName = "NAME",
        CompletionSources = { _ => ["Kernel", "UserApi"] },
        CustomParser = r => [.. r.Tokens.Select(t => Provider(r, t.Value))],
    };

    private readonly Option<string[]> _event = new("--event")
    {
        Description = "Only events of this name, such as Copy; may be given more than once.",
        HelpName = "NAME",
        CompletionSources = { _ => EventNames.All },
        CustomParser = r => [.. r.Tokens.Select(t => Event(r, t.Value))],
    };

    private readonly Option<string?> _level = new("--level")
    {
        Description = "Only events of this level or a more severe one: critical, error, warning, informational or verbose.",
        HelpName = "LEVEL",
        CompletionSources = { _ => EventFilter.Levels.Skip(1).Select(l => l.ToLowerInvariant()) },
        CustomParser = Level,
    };

    private readonly Option<string?> _errno = new("--errno")
    {
        Description =
            "Only events of requests that met this errno, a name or a number. Where no errno was recorded, the kernel's status is decoded to one.",
        HelpName = "ERRNO",
        CompletionSources = { _ => ErrnoMeanings.Names },
        CustomParser = ErrnoName,
    };

    private readonly Option<string?> _map = new("--map")
    {
        Description = "Only events of requests that reached this map: its id or its name.",
        HelpName = "MAP",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_request);
        command.Options.Add(_provider);
        command.Options.Add(_event);
        command.Options.Add(_level);
        command.Options.Add(_errno);
        command.Options.Add(_map);
    }

    /// <summary>The user's settings.</summary>
    public EventFilter Read(ParseResult parsed) => new()
    {
        Requests = parsed.GetValue(_request) ?? [],
        Providers = parsed.GetValue(_provider) ?? [],
        Events = parsed.GetValue(_event) ?? [],
        Level = parsed.GetValue(_level),
        Errno = parsed.GetValue(_errno),
        Map = parsed.GetValue(_map),
    };

    private static ulong Number(ArgumentResult result, string text)
    {
        if (!ulong.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id))
        {
            result.AddError($"--request: '{text}' given, expected a request id");
        }

        return id;
    }

    private static string Provider(ArgumentResult result, string text)
    {
        string? name = ProviderNames.Find(text);
        if (name is null)
        {
            result.AddError($"--provider: '{text}' given, expected Kernel or UserApi");
        }

        return name ?? string.Empty;
    }

    private static string Event(ArgumentResult result, string text)
    {
        string? name = EventNames.All.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            result.AddError(
                $"--event: '{text}' given, expected the name of an event, such as Copy{NearestWords.Hint(text, EventNames.All)}");
        }

        return name ?? string.Empty;
    }

    private static string? Level(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        string? level = EventFilter.Levels.Skip(1).FirstOrDefault(l => l.StartsWith(text, StringComparison.OrdinalIgnoreCase) && text.Length > 2);
        if (level is null)
        {
            result.AddError($"--level: '{text}' given, expected critical or error or warning or informational or verbose");
        }

        return level;
    }

    private static string? ErrnoName(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (Explainer.FindErrno(text) is not { } errno)
        {
            result.AddError($"--errno: '{text}' given, expected an errno such as EINVAL or 22{NearestWords.Hint(text, ErrnoMeanings.Names)}");
            return null;
        }

        return ResultConversions.NameOf(errno);
    }
}
