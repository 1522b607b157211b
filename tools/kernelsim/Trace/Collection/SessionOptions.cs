using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>The options of a recording, shared by <c>collect</c> and <c>tail</c>.</summary>
internal sealed class SessionOptions
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    private static readonly string[] s_timeFormats = [@"d\:hh\:mm\:ss", @"h\:mm\:ss", @"m\:ss"];

    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "After --: the program to start and record, with its arguments. 'kernelsim' is this very tool.",
        HelpName = "COMMAND",
        Arity = ArgumentArity.ZeroOrMore,
        CompletionSources = { Offers.Commands },
    };

    private readonly Option<int?> _pid = new("--pid")
    {
        Description = "The process to record: a .NET program that uses the libraries.",
        HelpName = "N",
        CustomParser = r => NumberArgument.Read(r, 1, int.MaxValue),
    };

    private readonly ServerOption _server = new("The process to record: the server NAME.");

    private readonly Option<string> _profile = new("--profile")
    {
        Description = string.Join("; ", TraceProfile.All.Select(p => $"{p.Name}: {p.Says}")) + ".",
        HelpName = string.Join('|', TraceProfile.All.Select(p => p.Name)),
        CompletionSources = { _ => TraceProfile.All.Select(p => new CompletionItem(p.Name, detail: p.Says)) },
    };

    private readonly Option<ProviderRequest[]> _providers = new("--providers")
    {
        Description = "Instead of a profile: NAME[:KEYWORDS[:LEVEL]],... such as Kernel:Ioctl+Copy:verbose. Other programs' providers too.",
        HelpName = "LIST",
        CompletionSources = { _ => ProviderNames.All },
        CustomParser = Providers,
    };

    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = "Stop after this long: seconds, or [[d:]hh:]mm:ss. A program that was started for this is ended.",
        HelpName = "TIME",
        CustomParser = Duration,
    };

    private readonly Option<int> _buffer = new("--buffer-size")
    {
        Description = "MiB of room for events that are not written yet.",
        HelpName = "MIB",
    };

    /// <summary>Makes the options.</summary>
    /// <param name="defaultProfile">The default profile.</param>
    public SessionOptions(string defaultProfile)
    {
        _profile.DefaultValueFactory = _ => defaultProfile;
        _buffer.DefaultValueFactory = _ => 256;
    }

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        _profile.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && TraceProfile.All.All(p => p.Name != r.Tokens[0].Value))
            {
                r.AddError($"--profile: '{r.Tokens[0].Value}' given, expected {string.Join(" or ", TraceProfile.All.Select(p => p.Name))}");
            }
        });
        _buffer.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && (!int.TryParse(r.Tokens[0].Value, out int size) || size < 1))
            {
                r.AddError($"--buffer-size: '{r.Tokens[0].Value}' given, expected a number of MiB from 1");
            }
        });
        command.Options.Add(_pid);
        _server.AddTo(command);
        command.Options.Add(_profile);
        command.Options.Add(_providers);
        command.Options.Add(_duration);
        command.Options.Add(_buffer);
        command.Arguments.Add(_command);
        command.Validators.Add(r =>
        {
            string[] words = r.GetValue(_command) ?? [];
            string[] given =
            [
                .. r.GetResult(_pid) is null ? Array.Empty<string>() : [_pid.Name],
                .. _server.IsGiven(r) ? [_server.Name] : Array.Empty<string>(),
                .. words.Length == 0 ? Array.Empty<string>() : ["a command"],
            ];
            _server.ValidateName(r);
            if (words is [['-', ..] option, ..])
            {
                // No program is called so, and none of the options.
                r.AddError(ArgumentRules.Complaint(option, r.Command));
            }
            else if (given.Length != 1)
            {
                string what = given.Length == 0 ? "no process" : string.Join(" and ", given);
                r.AddError($"{what} given, expected one of --pid N, --server [NAME] and -- COMMAND");
            }
            else if (words is ["dotnet", "run" or "test" or "build" or "watch", ..])
            {
                r.AddError(
                    $"'dotnet {words[1]}' given, expected the program itself, such as 'dotnet app.dll': "
                    + "what builds it is not to be recorded with it");
            }
        });
    }

    /// <summary>The user's settings.</summary>
    public SessionSettings Read(ParseResult parsed)
    {
        ProviderRequest[] named = parsed.GetValue(_providers) ?? [];
        TraceProfile? profile = named.Length > 0 ? null : TraceProfile.All.Single(p => p.Name == parsed.GetRequiredValue(_profile));
        return new SessionSettings(
            parsed.GetValue(_pid),
            _server.Read(parsed.CommandResult),
            parsed.GetValue(_command) ?? [],
            profile?.Providers ?? named,
            profile,
            parsed.GetValue(_duration),
            parsed.GetValue(_buffer));
    }

    private static ProviderRequest[] Providers(ArgumentResult result)
    {
        List<ProviderRequest> providers = [];
        foreach (string text in result.Tokens.SelectMany(t => t.Value.Split(',')))
        {
            if (ProviderText.Parse(text) is { } provider)
            {
                providers.Add(provider);
            }
            else
            {
                result.AddError($"--providers: '{text}' given, expected NAME[:KEYWORDS[:LEVEL]], keywords in hexadecimal or joined by +");
            }
        }

        return [.. providers];
    }

    private static TimeSpan? Duration(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds >= s_shortest.TotalSeconds && seconds <= s_longest.TotalSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (TimeSpan.TryParseExact(text, s_timeFormats, CultureInfo.InvariantCulture, out TimeSpan time) && time > TimeSpan.Zero && time <= s_longest)
        {
            return time;
        }

        result.AddError($"--duration: '{text}' given, expected seconds or [[d:]hh:]mm:ss, from a millisecond to {s_longest.Days} days");
        return null;
    }
}
