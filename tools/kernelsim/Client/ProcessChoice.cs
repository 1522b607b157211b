using System.CommandLine;
using System.CommandLine.Parsing;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Client;

/// <summary>The options <c>--pid N</c> and <c>--server [NAME]</c>, which name a process of the host that runs a machine.</summary>
internal sealed class ProcessChoice
{
    private readonly Option<int?> _pid;
    private readonly ServerOption _server;
    private readonly Option? _other;

    /// <summary>Makes the options.</summary>
    /// <param name="what">What the process is for, such as <c>The process to dump</c>.</param>
    /// <param name="other">A further option that can be given instead; null if there is none.</param>
    public ProcessChoice(string what, Option? other = null)
    {
        _pid = new Option<int?>("--pid")
        {
            Description = $"{what}, by its id on the host.",
            HelpName = "N",
            CustomParser = r => NumberArgument.Read(r, 1, int.MaxValue),
        };
        _server = new ServerOption($"{what}: the server NAME.");
        _other = other;
    }

    /// <summary>Adds the options to a verb, one of which must be given.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_pid);
        _server.AddTo(command);
        command.Validators.Add(r =>
        {
            _server.ValidateName(r);
            string[] given = [.. Given(r)];
            if (given.Length != 1)
            {
                string expected = _other is null
                    ? "--pid N or --server [NAME]"
                    : $"one of --pid N, {_other.Name} {_other.HelpName} and --server [NAME]";
                r.AddError($"{(given.Length == 0 ? "no process" : string.Join(" and ", given))} given, expected {expected}");
            }
        });
    }

    /// <summary>Finds the process.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="processId">The id that the host has given it.</param>
    /// <returns>Why it is not known; null when it is.</returns>
    public Failure? Find(ParseResult parsed, out int processId)
    {
        processId = parsed.GetValue(_pid) ?? 0;
        return _server.Read(parsed.CommandResult) is { } name ? ServerClient.FindProcess(name, out processId) : null;
    }

    private IEnumerable<string> Given(SymbolResult result) =>
    [
        .. result.GetResult(_pid) is null ? Array.Empty<string>() : [_pid.Name],
        .. _other is null || result.GetResult(_other) is null ? Array.Empty<string>() : [_other.Name],
        .. _server.IsGiven(result) ? [_server.Name] : Array.Empty<string>(),
    ];
}
