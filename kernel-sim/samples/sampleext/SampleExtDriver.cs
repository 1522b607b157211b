using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.Samples.SampleExt;

/// <summary>
/// The smallest extension driver that is complete, <c>sample_ext.sys</c>: a program type with helpers and test runs, a place to attach its
/// programs, and a way to make something happen there. A place to start from for a type of one's own: other GUIDs, another context,
/// other helpers, and <see cref="Invoke"/> called by whatever it is that happens.
/// </summary>
public sealed unsafe class SampleExtDriver : IDriver
{
    private readonly SampleHook _hook = new();
    private readonly NmrProvider[] _providers;
    private Machine? _machine;

    /// <summary>Makes a driver image.</summary>
    public SampleExtDriver()
    {
        // The type comes before the place that takes its programs, and goes after it.
        _providers = [new SampleProgramType(), _hook];
    }

    /// <inheritdoc/>
    public string Name => "SampleExt";

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        if (_machine is not null)
        {
            return NtStatus.ImageAlreadyLoaded;
        }

        Machine machine = driver.Machine;
        foreach (NmrProvider provider in _providers)
        {
            NtStatus status = machine.Nmr.Register(current, provider);
            if (!status.IsSuccess)
            {
                Unregister(machine, current);
                return status;
            }
        }

        _machine = machine;
        driver.Unload = _ =>
        {
            _machine = null;
            Unregister(machine, KeThread.Current);
        };
        return NtStatus.Success;
    }

    /// <summary>Something happens: runs an attached program, on a processor at DISPATCH_LEVEL.</summary>
    /// <param name="processor">Where it happens.</param>
    /// <param name="context">What the program sees; its data are set from <paramref name="data"/>. What it writes stays in it.</param>
    /// <param name="data">What the context points to; the program may write to it.</param>
    /// <param name="result">What the program returned.</param>
    /// <param name="times">How often, in one batch.</param>
    /// <param name="attachParameter">Which program: the one attached with these bytes; empty: the first.</param>
    /// <returns>
    /// Success; <see cref="EbpfResult.KeyNotFound"/> when no such program is attached; else why the program could not be run.
    /// </returns>
    public EbpfResult Invoke(
        int processor,
        ref SampleProgramContext context,
        Span<byte> data,
        out uint result,
        int times = 1,
        ReadOnlySpan<byte> attachParameter = default)
    {
        result = 0;
        Machine machine = _machine ?? throw new InvalidOperationException("The driver is not loaded; load it with Machine.LoadDriver.");
        using KernelScope kernel = machine.EnterKernel(null, processor);
        using IrqlScope raised = kernel.Thread.RaiseIrql(Irql.Dispatch);
        if (_hook.Acquire(kernel.Thread, attachParameter) is not { } client)
        {
            return EbpfResult.KeyNotFound;
        }

        SampleProgramContext.Frame frame = new() { Context = context };
        EbpfResult answer = EbpfResult.Success;
        fixed (byte* bytes = data)
        {
            frame.Context.DataStart = bytes;
            frame.Context.DataEnd = bytes + data.Length;
            client.Dispatch.BatchBegin(kernel.Thread, out HookBatch batch);
            for (int i = 0; i < times && answer == EbpfResult.Success; i++)
            {
                answer = client.Dispatch.BatchInvoke(kernel.Thread, ref batch, (byte*)&frame.Context, out result);
            }

            client.Dispatch.BatchEnd(kernel.Thread, ref batch);
        }

        client.Rundown.Release();
        context = frame.Context;
        context.DataStart = context.DataEnd = null;
        return answer;
    }

    private void Unregister(Machine machine, KeThread current)
    {
        foreach (NmrProvider provider in _providers.Reverse())
        {
            if (machine.Nmr.Deregister(current, provider) == NtStatus.Pending)
            {
                machine.Nmr.WaitForDeregister(current, provider);
            }
        }
    }
}
