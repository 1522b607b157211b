using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.Samples.SampleExt;

/// <summary>
/// The smallest complete extension driver, <c>sample_ext.sys</c>: a program type with helpers and test runs, a hook for its
/// programs, and a method that triggers the hook. A starting point for a type of your own: use other GUIDs, another context,
/// other helpers, and call <see cref="Invoke"/> from the code where your event happens.
/// </summary>
public sealed unsafe class SampleExtDriver : IDriver
{
    private readonly SampleHook _hook = new();
    private readonly NmrProvider[] _providers;
    private Machine? _machine;

    /// <summary>Creates a driver image.</summary>
    public SampleExtDriver()
    {
        // The type is registered before the hook that accepts its programs, and deregistered after it.
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

    /// <summary>Triggers the hook: runs an attached program, on a processor at DISPATCH_LEVEL.</summary>
    /// <param name="processor">Number of the processor to run on.</param>
    /// <param name="context">The program's context; its data pointers are set from <paramref name="data"/>. The program's changes stay in it.</param>
    /// <param name="data">The data that the context points to; the program may change it.</param>
    /// <param name="result">The program's return value.</param>
    /// <param name="times">Number of runs, in one batch.</param>
    /// <param name="attachParameter">Selects the program: the one attached with these bytes; empty for the first.</param>
    /// <returns>
    /// Success; <see cref="EbpfResult.KeyNotFound"/> if no such program is attached; otherwise why the program could not be run.
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
