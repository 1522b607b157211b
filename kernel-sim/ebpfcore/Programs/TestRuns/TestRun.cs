using System.Diagnostics;
using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// One test run between request and reply: <c>ebpf_program_execute_test_run</c>. A work item runs the program on the requested
/// CPU, at its type's level, and completes the request. Cancelling ends one of many runs; upstream goes on to the last.
/// </summary>
/// <remarks>
/// It owns a reference to the program, and keeps the type's provider attached. Request and reply share memory: the extension reads what
/// it needs of the request when it creates the context, before the first byte of the reply is written.
/// </remarks>
internal sealed unsafe class TestRun(CoreContext core, AsyncRequest request, EbpfProgram program, ProgramData type, TestRunOptions options)
    : EpochWork
{
    // A run with fewer repeats is not cancelled, as in upstream. One with more checks for cancellation this often.
    private const ulong RunsPerLook = 64;

    private const string Site = "ebpfcore:program_test_run";
    private const ulong NanosecondsPerTick = 100; // EBPF_NS_PER_FILETIME

    private EbpfResult _result;
    private uint _returnValue;
    private long _elapsed; // in the host clock's units: a batch may be shorter than 100 ns
    private int _dataLength;
    private int _contextLength;

    /// <inheritdoc/>
    public override string Name => nameof(TestRun);

    /// <summary>
    /// Has the run begin once every epoch that is open now has ended. Upstream waits for that in the work item; here nothing waits, so that a
    /// run at DISPATCH_LEVEL needs no worker.
    /// </summary>
    public void Start(KeThread current) => core.Epochs.Defer(current, this);

    /// <inheritdoc/>
    public override void Run(KeThread current) =>
        new ExWorkItem(core.Machine, Perform) { NeverWaits = type.RequiredIrql >= Irql.Dispatch }.Queue(current, request.Irp);

    private void Perform(KeThread current)
    {
        KernelEventSource.Log.TestRunBegin(
            current.RequestId, current.ProcessorNumber, program.Id, (long)options.Repeat, (long)options.BatchSize);
        EbpfResult result = RunOnCpu(current);
        ulong duration = (ulong)Stopwatch.GetElapsedTime(0, _elapsed).Ticks * NanosecondsPerTick / options.Repeat;
        KernelEventSource.Log.TestRunEnd(
            current.RequestId, current.ProcessorNumber, program.Id, ResultConversions.NameOf(result), _returnValue, (long)duration);
        Complete(current, result, duration);
    }

    private EbpfResult RunOnCpu(KeThread current)
    {
        int cpus = core.Machine.Processors.Count;
        if (!current.Require(options.Cpu < (uint)cpus, CheckTable.TestRunCpu, Site, options.Cpu, cpus - 1))
        {
            return current.RefusedResult;
        }

        core.Machine.RunOnProcessor((int)options.Cpu, Irql.Passive, RunThere);
        return _result;
    }

    private void RunThere(KeThread current) => _result = RunAtLevel(current);

    private EbpfResult RunAtLevel(KeThread current)
    {
        IrqlScope raised = current.RaiseIrql(type.RequiredIrql);
        try
        {
            byte* input = request.Irp.SystemBuffer + ProgramTestRunRequest.TailOffset;
            ReadOnlySpan<byte> data = new(input, options.DataIn);
            ReadOnlySpan<byte> contextIn = new(input + options.DataIn, options.ContextIn);
            EbpfResult result = type.ContextCreate!(current, data, contextIn, out byte* context);
            if (!current.Require(result == EbpfResult.Success, CheckTable.TestRunContext, Site, (long)result, 0))
            {
                return current.RefusedResult;
            }

            FillPointers(context, type.Info.Descriptor.ContextDescriptor);
            result = Repeat(current, context, ref raised);
            byte* output = request.Irp.SystemBuffer + ProgramTestRunReply.TailOffset;
            Span<byte> contextOut = new(output + options.DataOut, options.ContextIn);
            type.ContextDestroy!(current, context, new Span<byte>(output, options.DataOut), out _dataLength, contextOut, out _contextLength);

            // If there is less data than room, the context is moved to follow it. Upstream does not move it, but reports that it follows.
            contextOut[.._contextLength].CopyTo(new Span<byte>(output + _dataLength, _contextLength));
            return result;
        }
        finally
        {
            raised.Dispose();
        }
    }

    /// <summary>
    /// On a host of 32 bits, what an extension writes as a pointer is the lower half of 8 bytes, which programs read as one number. The upper half
    /// is still what the caller gave.
    /// </summary>
    private static void FillPointers(byte* context, ContextDescriptor descriptor)
    {
        if (sizeof(void*) == sizeof(ulong))
        {
            return;
        }

        foreach (int place in (ReadOnlySpan<int>)[descriptor.Data, descriptor.End])
        {
            if (place >= 0)
            {
                *(ulong*)(context + place) = *(uint*)(context + place);
            }
        }
    }

    /// <summary>
    /// Runs the program as often as requested, in a new epoch for each batch; between batches other threads may use the processor. Ends with
    /// EBPF_CANCELED soon after the request is cancelled, if many runs are left.
    /// </summary>
    private EbpfResult Repeat(KeThread current, byte* context, ref IrqlScope raised)
    {
        ProgramExecution execution = ProgramExecution.Begin(current);
        EbpfResult result = EbpfResult.Success;
        ulong left = options.Repeat;
        ulong batch = options.BatchSize - 1;
        while (left > 0 && result == EbpfResult.Success)
        {
            using (core.Epochs.Enter(current))
            {
                long start = Stopwatch.GetTimestamp();
                for (; batch > 0 && left > 0 && result == EbpfResult.Success; batch--, left--)
                {
                    result = left % RunsPerLook == 0 && request.Irp.Cancel
                        ? EbpfResult.Canceled
                        : program.Invoke(current, ref execution, context, out _returnValue);
                }

                _elapsed += Stopwatch.GetTimestamp() - start;
            }

            batch = options.BatchSize;
            if (left > 0 && result == EbpfResult.Success)
            {
                raised.Dispose();
                raised = current.RaiseIrql(type.RequiredIrql);
            }
        }

        return result;
    }

    private void Complete(KeThread current, EbpfResult result, ulong duration)
    {
        int length = ProgramTestRunReply.TailOffset + _dataLength + _contextLength;
        if (result == EbpfResult.Success)
        {
            var reply = (ProgramTestRunReply*)request.Irp.SystemBuffer;
            reply->Header.Length = (ushort)length;
            reply->Duration = duration;
            reply->ReturnValue = _returnValue;
            reply->ContextOffset = (ulong)_dataLength;
        }

        program.Providers.Dereference();
        using (core.Epochs.Enter(current))
        {
            program.Release(current);
        }

        request.Complete(current, result, (ulong)length);
    }
}

/// <summary>The options of a test run: <c>ebpf_program_test_run_options_t</c>. Its flags are ignored.</summary>
/// <param name="Repeat">Number of runs, at least one.</param>
/// <param name="BatchSize">
/// Runs in an epoch. Upstream counts down before a run, so the first epoch has one run less; with 1 it is empty.
/// </param>
/// <param name="Cpu">The processor to run on; not validated yet.</param>
/// <param name="DataIn">Size of the data in the request's tail, in bytes.</param>
/// <param name="ContextIn">Size of the context after it, in bytes; the reply has as much room for the context.</param>
/// <param name="DataOut">Room for data in the reply's tail, in bytes.</param>
internal readonly record struct TestRunOptions(ulong Repeat, ulong BatchSize, uint Cpu, int DataIn, int ContextIn, int DataOut);
