using System.CommandLine;
using System.CommandLine.Parsing;
using KernelSim.Debugger.ClrMd;
using KernelSim.UserMode;

namespace KernelSim.Tool.CommandLine;

/// <summary>The options common to every verb that boots a machine.</summary>
internal sealed class MachineArguments
{
    private readonly Option<int> _cpus = new("--cpus")
    {
        Description = $"Possible processors, 1 to {MachineSettings.MaximumCpus}.",
        HelpName = "N",
        DefaultValueFactory = _ => new MachineSettings().Cpus,
        CustomParser = r => NumberArgument.Read(r, 1, MachineSettings.MaximumCpus),
    };

    private readonly Option<string> _heap = new("--heap")
    {
        Description = "The heap of the simulated process: an overrun hits the neighbour (packed) or faults (guarded).",
        HelpName = string.Join('|', MachineSettings.Heaps.Keys),
        CompletionSources = { _ => MachineSettings.Heaps.Keys },
        DefaultValueFactory = _ => NameOf(MachineSettings.Heaps, new MachineSettings().Heap),
        CustomParser = r => Choice(r, MachineSettings.Heaps),
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of all randomness: the same seed gives the same run.",
        HelpName = "N",
        DefaultValueFactory = _ => new MachineSettings().Seed,
        CustomParser = r => NumberArgument.Read(r, 0UL, ulong.MaxValue),
    };

    private readonly Option<string> _library = new("--library")
    {
        Description =
            "The user library: refuses wrong buffers (checked), as eBPF for Windows has it today (upstream), or before its fix (before-3564).",
        HelpName = string.Join('|', MachineSettings.Libraries.Keys),
        CompletionSources = { _ => MachineSettings.Libraries.Keys },
        CustomParser = r => Choice(r, MachineSettings.Libraries),
    };

    private readonly Option<string[]> _drivers = new("--driver")
    {
        Description = "Load your own driver, extension, map provider or program modules from a .NET assembly; may be given several times.",
        HelpName = "FILE.dll",
        CompletionSources = { Offers.Files },
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _defects = new("--defects")
    {
        Description = $"Mistakes that eBPF for Windows once made, to be had again, with commas between them: {string.Join(", ", DefectTable.Ids)}.",
        HelpName = "ID,...",
        CompletionSources = { _ => DefectTable.Ids },
    };

    private readonly Option<string?> _dump = new("--dump-on-bugcheck")
    {
        Description = "If the machine stops, write a dump of it, which 'kernelsim debug --dump' opens.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    private readonly Option[] _all;

    /// <summary>Creates the options.</summary>
    /// <param name="withoutLibrary">What a verb does that uses all libraries unless one is named; null for a verb that uses one.</param>
    /// <param name="takesDrivers">Whether the machine gets the user's drivers, too.</param>
    /// <param name="takesDump">Whether a dump can be had of a machine that stops.</param>
    /// <param name="takesLibrary">Whether the user chooses the library.</param>
    /// <param name="takesDefects">Whether the user chooses what library and driver do wrong.</param>
    public MachineArguments(
        string? withoutLibrary = null, bool takesDrivers = false, bool takesDump = false, bool takesLibrary = true, bool takesDefects = false)
    {
        _defects.Validators.Add(result =>
        {
            if (result.GetValue(_defects) is { } ids && !DefectTable.TryParse(ids, out _, out string problem))
            {
                result.AddError($"{_defects.Name}: {problem}");
            }
        });
        _drivers.Validators.Add(result =>
        {
            foreach (Token word in result.Tokens.Where(t => t.Value.StartsWith('-')))
            {
                result.AddError($"'{word.Value}' given with {_drivers.Name}, expected {_drivers.HelpName}");
            }
        });
        _dump.Validators.Add(result =>
        {
            // Looked at now: when the machine stops it is too late to name another file.
            if (result.GetValue(_dump) is { } file && ProcessDump.WhyNoPlace(file) is { } reason)
            {
                result.AddError($"{_dump.Name}: {reason}");
            }
        });
        _all =
        [
            _cpus,
            _heap,
            _seed,
            .. takesLibrary ? [_library] : Array.Empty<Option>(),
            .. takesDefects ? [_defects] : Array.Empty<Option>(),
            .. takesDrivers ? [_drivers] : Array.Empty<Option>(),
            .. takesDump ? [_dump] : Array.Empty<Option>(),
        ];
        if (withoutLibrary is null)
        {
            _library.DefaultValueFactory = _ => NameOf(MachineSettings.Libraries, new MachineSettings().Library);
        }
        else
        {
            _library.Description += $" Default: {withoutLibrary}.";
        }
    }

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in _all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The first of the options that the user gave; null if there is none.</summary>
    public string? FirstGiven(SymbolResult result) =>
        _all.FirstOrDefault(o => result.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>Whether the user named a library.</summary>
    public bool GivesLibrary(SymbolResult result) => result.GetResult(_library) is { Implicit: false };

    /// <summary>Whether the user named a heap.</summary>
    public bool GivesHeap(SymbolResult result) => result.GetResult(_heap) is { Implicit: false };

    /// <summary>Whether the user named a defect.</summary>
    public bool GivesDefects(SymbolResult result) => result.GetResult(_defects) is { Implicit: false };

    /// <summary>The requested machine, without the files of the host.</summary>
    public MachineSettings Read(ParseResult parsed) => new()
    {
        Cpus = parsed.GetValue(_cpus),
        Heap = MachineSettings.Heaps[parsed.GetRequiredValue(_heap)],
        Seed = parsed.GetValue(_seed),
        Library = NamedLibrary(parsed) ?? new MachineSettings().Library,
        Defects = _all.Contains(_defects) && parsed.GetValue(_defects) is { } ids && DefectTable.TryParse(ids, out var defects, out _) ? defects : [],
    };

    /// <summary>The files of the host that the machine gets or leaves.</summary>
    public MachineFiles ReadFiles(ParseResult parsed) => new(
        _all.Contains(_drivers) ? parsed.GetValue(_drivers) ?? [] : [],
        _all.Contains(_dump) ? parsed.GetValue(_dump) : null);

    /// <summary>The library that the user named or the default; null if there is neither.</summary>
    public LibraryVersion? NamedLibrary(ParseResult parsed) =>
        _all.Contains(_library) && parsed.GetValue(_library) is { } name ? MachineSettings.Libraries[name] : null;

    private static string Choice<T>(ArgumentResult result, IReadOnlyDictionary<string, T> choices)
    {
        string given = result.Tokens[^1].Value;
        if (!choices.ContainsKey(given))
        {
            result.AddError($"{OptionName(result)}: '{given}' given, expected {string.Join(" or ", choices.Keys)}");
        }

        return given;
    }

    private static string NameOf<T>(IReadOnlyDictionary<string, T> choices, T value) => choices.First(c => Equals(c.Value, value)).Key;

    private static string OptionName(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? "option";
}
