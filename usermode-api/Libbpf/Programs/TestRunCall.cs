using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Runs a program on data and a context that the caller supplies.</summary>
    /// <param name="prog_fd">Descriptor of the program. An invalid one is -EINVAL, not -EBADF.</param>
    /// <param name="opts">Address of a <see cref="BpfTestRunOpts"/>, which receives the results.</param>
    /// <returns>
    /// 0; -EINVAL for data that does not fit a message, a CPU that the machine does not have, a program type that cannot be test-run;
    /// -ENOBUFS (119) if the results do not fit their buffers; -EOTHER if the room for both is less than the context that is sent.
    /// </returns>
    public int bpf_prog_test_run_opts(int prog_fd, ulong opts) => Call(new TestRunCall(prog_fd, opts));
}

/// <summary>
/// <c>bpf_prog_test_run_opts</c>. The descriptor is not checked first: an invalid one is sent as handle -1 and refused as an
/// invalid object.
/// </summary>
internal readonly struct TestRunCall(int program, ulong options) : ILibraryCall
{
    private const uint OptionsSize = 80;
    private const string OptionsSite = "library:prog_test_run.opts";
    private const string DataSite = "library:prog_test_run.data";
    private const string ContextSite = "library:prog_test_run.ctx";

    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiTestRunOpts, "opts", options, 1, OptionsSize, "sizeof(bpf_test_run_opts)"))
        {
            return call.Refused;
        }

        BpfTestRunOpts run = MemoryMarshal.Read<BpfTestRunOpts>(call.Memory.Access(options, OptionsSize, MemoryAccess.Read, OptionsSite));
        ulong sent = (ulong)run.DataSizeIn + run.CtxSizeIn;
        ulong wanted = (ulong)run.DataSizeOut + run.CtxSizeOut;
        const int MostSent = EbpfDevice.MaxMessageBytes - ProgramTestRunRequest.TailOffset;
        const int MostWanted = EbpfDevice.MaxMessageBytes - ProgramTestRunReply.TailOffset;
        if (!call.Require(sent <= MostSent, CheckTable.ApiTestRunSent, "bytes of data and context", (long)sent, MostSent)
            || !call.Require(wanted <= MostWanted, CheckTable.ApiTestRunWanted, "room for data and context", (long)wanted, MostWanted)
            || !RequireBuffers(call, run))
        {
            return call.Refused;
        }

        Send(call, run, (int)sent);
        EbpfResult result = call.Channel.Send(ProgramTestRunReply.TailOffset + (int)wanted, isFixed: false);
        return result == EbpfResult.Success ? Receive(call, run) : result;
    }

    private static bool RequireBuffers(ApiCall call, in BpfTestRunOpts run) =>
        Require(call, MemoryAccess.Read, "data_in", run.DataIn, run.DataSizeIn)
        && Require(call, MemoryAccess.Read, "ctx_in", run.CtxIn, run.CtxSizeIn)
        && (run.DataOut == 0 || Require(call, MemoryAccess.Write, "data_out", run.DataOut, run.DataSizeOut))
        && (run.CtxOut == 0 || Require(call, MemoryAccess.Write, "ctx_out", run.CtxOut, run.CtxSizeOut));

    private static bool Require(ApiCall call, MemoryAccess access, string what, ulong address, uint bytes) =>
        call.RequireBuffer(access, CheckTable.ApiTestRunBuffer, what, address, bytes == 0 ? 0u : 1, bytes, "its size in opts");

    private void Send(ApiCall call, in BpfTestRunOpts run, int bytes)
    {
        ref ProgramTestRunRequest request = ref call.Channel.Begin<ProgramTestRunRequest>(
            EbpfOperationId.ProgramTestRun, bytes, out Span<byte> tail);
        request.ProgramHandle = call.Library.Descriptors.TryGet(program, out OpenDescriptor? entry) ? entry.Handle : NtHandle.Invalid;
        request.RepeatCount = (ulong)(long)run.Repeat;
        request.Flags = run.Flags;
        request.Cpu = run.Cpu;
        request.BatchSize = run.BatchSize;
        request.ContextOffset = (ushort)run.DataSizeIn;
        call.Memory.Access(run.DataIn, run.DataSizeIn, MemoryAccess.Read, DataSite).CopyTo(tail);
        call.Memory.Access(run.CtxIn, run.CtxSizeIn, MemoryAccess.Read, ContextSite).CopyTo(tail[(int)run.DataSizeIn..]);
    }

    private EbpfResult Receive(ApiCall call, BpfTestRunOpts run)
    {
        ref readonly ProgramTestRunReply reply = ref call.Channel.Reply<ProgramTestRunReply>(out ReadOnlySpan<byte> tail);
        ulong data = reply.ContextOffset;
        long context = (long)reply.Header.Length - ProgramTestRunReply.TailOffset - (long)data;
        if (run.DataOut != 0)
        {
            if (!call.Require(data <= run.DataSizeOut, CheckTable.ApiTestRunDataRoom, "data_size_out", run.DataSizeOut, (long)data))
            {
                return call.Refused;
            }

            tail[..(int)data].CopyTo(call.Memory.Access(run.DataOut, (uint)data, MemoryAccess.Write, DataSite));
            run.DataSizeOut = (uint)data;
        }

        if (run.CtxOut != 0)
        {
            if (context < 0)
            {
                return EbpfResult.InvalidArgument;
            }

            // Upstream stores the required size in its own structure; libbpf's is written only on success.
            if (!call.Require(context <= run.CtxSizeOut, CheckTable.ApiTestRunContextRoom, "ctx_size_out", run.CtxSizeOut, context))
            {
                return call.Refused;
            }

            tail.Slice((int)data, (int)context).CopyTo(call.Memory.Access(run.CtxOut, (uint)context, MemoryAccess.Write, ContextSite));
            run.CtxSizeOut = (uint)context;
        }

        run.Duration = (uint)reply.Duration;
        run.Retval = (uint)reply.ReturnValue;
        MemoryMarshal.Write(call.Memory.Access(options, OptionsSize, MemoryAccess.Write, OptionsSite), run);
        return EbpfResult.Success;
    }
}
