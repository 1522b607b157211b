using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>
/// An extension driver: a program type, a hook for its programs, and the event that runs them, <see cref="MayLogIn"/>.
/// </summary>
public sealed unsafe class LoginExtDriver : IDriver
{
    private readonly LoginHook _hook = new();
    private readonly NmrProvider[] _providers;
    private Machine? _machine;

    /// <summary>Creates the driver's image; <see cref="Machine.LoadDriver"/> loads it.</summary>
    public LoginExtDriver()
    {
        // The type is registered before the hook that accepts its programs, and deregistered after it.
        _providers = [new LoginProgramType(), _hook];
    }

    /// <inheritdoc/>
    public string Name => "LoginExt";

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
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

    /// <summary>The event: a user tries to log in. The attached program decides; without one everybody may.</summary>
    /// <param name="processor">The processor on which the event happens, and the program runs.</param>
    /// <param name="user">Number of the user.</param>
    /// <param name="attempts">Failed attempts of the user so far.</param>
    public bool MayLogIn(int processor, uint user, uint attempts)
    {
        Machine machine = _machine ?? throw new InvalidOperationException("The driver is not loaded; load it with Machine.LoadDriver.");
        using KernelScope kernel = machine.EnterKernel(null, processor);
        using IrqlScope raised = kernel.Thread.RaiseIrql(Irql.Dispatch);
        if (_hook.Acquire(kernel.Thread) is not { } attached)
        {
            return true;
        }

        LoginContext.Frame frame = new()
        {
            Context = new LoginContext { User = user, Attempts = attempts, Time = machine.Clock.InterruptTime },
        };
        EbpfResult ran = attached.Program.Invoke(kernel.Thread, (byte*)&frame.Context, out uint verdict);
        attached.Rundown.Release();
        return ran != EbpfResult.Success || verdict != 0;
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
