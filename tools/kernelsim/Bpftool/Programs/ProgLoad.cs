using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>
/// <c>prog load</c>, <c>prog loadall</c>: loads an object file of the host, or a native module of the machine, and pins its programs.
/// </summary>
internal sealed class ProgLoad
{
    private readonly BpftoolContext _context;
    private readonly bool _firstOnly;
    private BpfProgType _type;
    private string? _mapFolder;
    private bool _replacesMaps;

    private ProgLoad(BpftoolContext context, bool firstOnly) => (_context, _firstOnly) = (context, firstOnly);

    private BpftoolOutput Output => _context.Output;

    private Libbpf Library => _context.Kernel.Library;

    /// <summary>Runs it.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="words">The file's path, the pin path, and more.</param>
    /// <param name="firstOnly">Whether to pin the first program at the path, instead of all below it.</param>
    public static int Run(BpftoolContext context, WordReader words, bool firstOnly) => new ProgLoad(context, firstOnly).Run(words);

    private int Run(WordReader words)
    {
        if (!words.Require(2))
        {
            return BpftoolOutput.Failed;
        }

        string file = words.Take();
        string path = words.Take();
        while (words.Left > 0)
        {
            if (!Take(words))
            {
                return BpftoolOutput.Failed;
            }
        }

        if (_context.Options.IsVerbose)
        {
            Output.Warn($"loading {file}");
        }

        bpf_object? opened = ObjectFile.Open(_context, file);
        if (opened is null)
        {
            // libbpf says on its own what is wrong with a file.
            Output.Warn(ObjectFile.ProblemWith(_context.Host, file, Library));
            return Output.Fail("failed to open object file");
        }

        int result = _replacesMaps ? Output.Fail($"unable to set up map reuse: {-(int)Errno.ENOTSUP}") : Load(opened, file, path);
        Library.bpf_object__close(opened);
        return result;
    }

    private bool Take(WordReader words)
    {
        if (words.Is("type"))
        {
            return TakeType(words);
        }

        if (words.Is("pinmaps"))
        {
            words.Skip();
            _mapFolder = words.Require(1) ? words.Take() : null;
            return _mapFolder is not null;
        }

        if (words.Is("map"))
        {
            return TakeMap(words);
        }

        if (words.Is("dev"))
        {
            words.Skip();
            return words.Require(1) && Refuse($"unrecognized netdevice '{words.Current}': No such device");
        }

        return Refuse($"expected no more arguments, 'type', 'map' or 'dev', got: '{words.Current}'?");
    }

    /// <summary>A map in place of one of the module's: the library cannot do that.</summary>
    private bool TakeMap(WordReader words)
    {
        words.Skip();
        if (!words.Require(4))
        {
            return false;
        }

        bool byIndex = words.Is("idx");
        if (!byIndex && !words.Is("name"))
        {
            return Refuse($"expected 'idx' or 'name', got: '{words.Current}'?");
        }

        words.Skip();
        string which = words.Take();
        if (byIndex && !CNumber.TryParse(which, out uint _))
        {
            return Refuse($"can't parse {which} as IDX");
        }

        _replacesMaps = ObjectSelector.ForMaps(_context).TryOpenOne(words, out int fd);
        if (_replacesMaps)
        {
            _context.Kernel.Close(fd);
        }

        return _replacesMaps;
    }

    private bool TakeType(WordReader words)
    {
        words.Skip();
        if (_type != BpfProgType.Unspec)
        {
            return Refuse("program type already specified");
        }

        if (!words.Require(1))
        {
            return false;
        }

        string name = words.Take();
        if (Library.libbpf_prog_type_by_name(name, out _type, out _) == 0)
        {
            return true;
        }

        Output.Warn($"failed to guess program type from ELF section '{name}/'");
        return false;
    }

    private int Load(bpf_object opened, string file, string path)
    {
        if (_type != BpfProgType.Unspec)
        {
            // A native program keeps its type.
            Programs(opened).ToList().ForEach(p => Library.bpf_program__set_type(p, _type));
        }

        if (_type != BpfProgType.Unspec && Programs(opened).FirstOrDefault(p => Libbpf.bpf_program__type(p) != _type) is { } other)
        {
            string expected = Libbpf.libbpf_bpf_prog_type_str(Libbpf.bpf_program__type(other))!;
            return Output.Fail(
                $"type {Libbpf.libbpf_bpf_prog_type_str(_type)} given, expected {expected}, the type of program {Libbpf.bpf_program__name(other)}");
        }

        int result = Library.bpf_object__load(opened);
        if (result != 0)
        {
            Refusal? refusal = Library.LastRefusal;
            string reason = refusal?.Is(CheckTable.NativeLoadImage) == true ? "the module is loaded already"
                : TellLogs(opened, result) || refusal is null ? ErrnoText.Of(result)
                : refusal.Line;
            Output.Warn($"failed to load object '{file}': {reason}");
            return Output.Fail("failed to load object file");
        }

        return Pin(opened, path);
    }

    /// <summary>Says what the check had against programs, in the form of libbpf.</summary>
    /// <returns>Whether it had anything against them.</returns>
    private bool TellLogs(bpf_object opened, int result)
    {
        bool told = false;
        foreach (bpf_program program in Programs(opened))
        {
            if (Libbpf.bpf_program__log_buf(program, out _) is { Length: > 0 } log)
            {
                string name = $"prog '{Libbpf.bpf_program__name(program)}'";
                Output.Warn($"{name}: BPF program load failed: {ErrnoText.Of(result)}");
                Output.Warn($"{name}: -- BEGIN PROG LOAD LOG --\n{log.TrimEnd('\n')}\n-- END PROG LOAD LOG --");
                Output.Warn($"{name}: failed to load: {result}");
                told = true;
            }
        }

        return told;
    }

    private IEnumerable<bpf_program> Programs(bpf_object opened)
    {
        for (bpf_program? at = Library.bpf_object__next_program(opened, null); at is not null; at = Library.bpf_object__next_program(opened, at))
        {
            yield return at;
        }
    }

    private int Pin(bpf_object loaded, string path)
    {
        bpf_program? first = Programs(loaded).FirstOrDefault();
        if (_firstOnly && first is null)
        {
            return Output.Fail("object file doesn't contain any bpf program");
        }

        int result = _firstOnly ? _context.Kernel.Pin(Libbpf.bpf_program__fd(first!), path) : Library.bpf_object__pin_programs(loaded, path);
        if (result != 0)
        {
            return Output.Fail(_firstOnly ? $"failed to pin program {Libbpf.bpf_program__section_name(first!)}" : "failed to pin all programs");
        }

        if (_mapFolder is null || Library.bpf_object__pin_maps(loaded, _mapFolder) == 0)
        {
            return Output.Done();
        }

        _ = _firstOnly ? (int)Library.ebpf_object_unpin(path) : Library.bpf_object__unpin_programs(loaded, path);
        return Output.Fail("failed to pin all maps");
    }

    private bool Refuse(string message) => Output.Fail(message) == 0;
}
