using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Instructions;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog dump</c>: a program's instructions. A native program has none.</summary>
internal sealed class ProgDump
{
    private readonly BpftoolContext _context;
    private string? _file;
    private bool _opcodes;
    private bool _visual;
    private bool _lineNumbers;

    private ProgDump(BpftoolContext context) => _context = context;

    private BpftoolOutput Output => _context.Output;

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        BpftoolOutput output = context.Output;
        if (words.Is("jited"))
        {
            return output.Fail("No libbfd support");
        }

        if (!words.Is("xlated"))
        {
            return output.Fail($"expected 'xlated' or 'jited', got: {words.Current ?? "(null)"}");
        }

        words.Skip();
        if (words.Left < 2)
        {
            throw new BpftoolExit();
        }

        int result = ObjectSelector.ForPrograms(context).OpenAll(words, out IReadOnlyList<int> fds);
        if (result != 0 || fds.Count == 0)
        {
            return BpftoolOutput.Failed;
        }

        try
        {
            ProgDump dump = new(context);
            return dump.Take(words, several: fds.Count > 1) ? dump.Dump(fds) : BpftoolOutput.Failed;
        }
        finally
        {
            foreach (int fd in fds)
            {
                context.Kernel.Close(fd);
            }
        }
    }

    private bool Take(WordReader words, bool several)
    {
        if (words.Is("file"))
        {
            words.Skip();
            if (words.Left == 0)
            {
                return Output.Fail("expected file path") == 0;
            }

            if (several)
            {
                return Output.Fail("several programs matched") == 0;
            }

            _file = words.Take();
        }
        else if (TakeIf(words, "opcodes", ref _opcodes))
        {
            // Only one of the words may follow.
        }
        else if (TakeIf(words, "visual", ref _visual))
        {
            if (several)
            {
                return Output.Fail("several programs matched") == 0;
            }
        }
        else
        {
            TakeIf(words, "linum", ref _lineNumbers);
        }

        return words.Left == 0 ? true : throw new BpftoolExit();
    }

    private static bool TakeIf(WordReader words, string keyword, ref bool option)
    {
        option = words.Is(keyword);
        if (option)
        {
            words.Skip();
        }

        return option;
    }

    private int Dump(IReadOnlyList<int> fds)
    {
        bool several = fds.Count > 1;
        int result = 0;
        BpftoolJson? array = several ? Output.Json : null;
        array?.BeginArray();
        for (int i = 0; i < fds.Count && result == 0; i++)
        {
            result = ProgramFacts.Find(_context.Kernel, fds[i], out ProgramFacts? facts);
            result = result == 0 ? Dump(facts!, several) : Output.FailCall("can't get prog info", result);
            if (several && Output.Json is null && i < fds.Count - 1)
            {
                Output.Out.Write('\n');
            }
        }

        array?.EndArray();
        return result;
    }

    private int Dump(ProgramFacts facts, bool several)
    {
        BpftoolJson? array = several ? Output.Json : null;
        if (array is not null)
        {
            array.BeginObject();
            ProgramHeader.Write(array, facts);
            array.Name("insns");
        }
        else if (several)
        {
            ProgramHeader.Write(Output.Out, facts);
        }

        int result = _context.Kernel.ListingOf(facts.Info.Id) is { Code.Length: > 0 } listing
            ? Print(listing)
            : Output.Fail($"program {facts.Info.Id} '{facts.Info.Name}' is native code: it has no eBPF instructions");
        array?.EndObject();
        return result;
    }

    private int Print(ProgramListing listing)
    {
        if (_file is not null)
        {
            Errno errno = _context.Host.Write(_file, listing.Bytes);
            return errno == Errno.None ? Output.Done() : Output.Fail($"can't open file {_file}: {ErrnoText.Of(errno)}");
        }

        ListingPrinter printer = new(listing, _opcodes, _lineNumbers);
        if (Output.Json is { } json)
        {
            if (_visual)
            {
                json.Null();
            }
            else
            {
                printer.Write(json);
            }
        }
        else if (_visual)
        {
            new FlowGraph(listing).Write(Output.Out);
        }
        else
        {
            printer.Write(Output.Out);
        }

        return 0;
    }
}
