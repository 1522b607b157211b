using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog run</c>: a test run on data and a context from files.</summary>
internal sealed class ProgTestRun
{
    private const int FewestWords = 4;

    private readonly BpftoolContext _context;
    private readonly RunPart _data = new("data");
    private readonly RunPart _ctx = new("ctx");
    private uint _repeat = 1;

    private ProgTestRun(BpftoolContext context) => _context = context;

    private BpftoolOutput Output => _context.Output;

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        if (!words.Require(FewestWords) || !ObjectSelector.ForPrograms(context).TryOpenOne(words, out int fd))
        {
            return BpftoolOutput.Failed;
        }

        int result = new ProgTestRun(context).Run(words, fd);
        context.Kernel.Close(fd);
        return result;
    }

    private int Run(WordReader words, int fd)
    {
        while (words.Left > 0)
        {
            if (!Take(words))
            {
                return BpftoolOutput.Failed;
            }
        }

        return _data.Read(_context) && _ctx.Read(_context) ? Run(fd) : BpftoolOutput.Failed;
    }

    private bool Take(WordReader words)
    {
        if (_data.IsAmbiguous(words.Current!, Output) || _ctx.IsAmbiguous(words.Current!, Output))
        {
            return false;
        }

        if (_data.TryTake(words, Output, out bool done) || _ctx.TryTake(words, Output, out done))
        {
            if (done && _data.Input == "-" && _ctx.Input == "-")
            {
                return Output.Fail("cannot use standard input for both data_in and ctx_in") == 0;
            }

            return done;
        }

        if (!words.Is("repeat"))
        {
            return Output.Fail(
                "expected no more arguments, 'data_in', 'data_out', 'data_size_out', 'ctx_in', 'ctx_out', 'ctx_size_out' or 'repeat', "
                + $"got: '{words.Current}'?") == 0;
        }

        words.Skip();
        if (!words.Require(1))
        {
            return false;
        }

        string number = words.Take();
        return CNumber.TryParse(number, out _repeat) || Output.Fail($"can't parse {number} as repeat number") == 0;
    }

    private int Run(int fd)
    {
        BpftoolKernel kernel = _context.Kernel;
        using HeapBlock dataIn = _data.BlockIn(kernel.Memory);
        using HeapBlock dataOut = _data.BlockOut(kernel.Memory);
        using HeapBlock ctxIn = _ctx.BlockIn(kernel.Memory);
        using HeapBlock ctxOut = _ctx.BlockOut(kernel.Memory);
        using HeapBlock options = new(kernel.Memory, (uint)Unsafe.SizeOf<BpfTestRunOpts>());
        BpfTestRunOpts run = new()
        {
            Sz = (ulong)Unsafe.SizeOf<BpfTestRunOpts>(),
            DataIn = dataIn.Address,
            DataSizeIn = (uint)dataIn.Bytes.Length,
            DataOut = dataOut.Address,
            DataSizeOut = (uint)dataOut.Bytes.Length,
            CtxIn = ctxIn.Address,
            CtxSizeIn = (uint)ctxIn.Bytes.Length,
            CtxOut = ctxOut.Address,
            CtxSizeOut = (uint)ctxOut.Bytes.Length,
            Repeat = (int)_repeat,
        };
        MemoryMarshal.Write(options.Bytes, run);
        options.Push();
        int result = kernel.Library.bpf_prog_test_run_opts(fd, options.Address);
        if (result != 0)
        {
            Output.FailCall("failed to run program", result);
            return result;
        }

        options.Pull();
        dataOut.Pull();
        ctxOut.Pull();
        run = MemoryMarshal.Read<BpfTestRunOpts>(options.Bytes);
        return Tell(run, dataOut.Bytes.AsSpan(0, (int)run.DataSizeOut), ctxOut.Bytes.AsSpan(0, (int)run.CtxSizeOut));
    }

    private int Tell(in BpfTestRunOpts run, ReadOnlySpan<byte> data, ReadOnlySpan<byte> ctx)
    {
        Output.Json?.BeginObject();
        int result = _data.Tell(_context, data) + _ctx.Tell(_context, ctx);
        if (Output.Json is { } json)
        {
            json.Number("retval", run.Retval);
            json.Number("duration", run.Duration);
            json.EndObject();
        }
        else
        {
            Output.Out.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"Return value: {run.Retval}, duration{(_repeat > 1 ? " (average)" : "")}: {run.Duration}ns\n"));
        }

        return result;
    }
}
