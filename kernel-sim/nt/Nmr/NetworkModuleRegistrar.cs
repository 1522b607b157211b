using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>
/// Introduces drivers to each other that need not know one another: the network module registrar, <c>netio.sys</c>. Each side of an
/// interface registers, in any order; every client meets every provider of its interface, and their callbacks decide.
/// </summary>
/// <remarks>
/// Its lock guards only the lists; callbacks run without it, so they may register and deregister in turn. A module that is being
/// deregistered is introduced to no new module.
/// </remarks>
public sealed class NetworkModuleRegistrar
{
    private readonly Lock _lock = new();
    private readonly List<NmrRegistration> _registrations = [];

    internal NetworkModuleRegistrar(Machine machine)
    {
        Machine = machine;
    }

    /// <summary>Registered modules, including those being deregistered.</summary>
    public IReadOnlyList<NmrModule> Modules
    {
        get
        {
            lock (_lock)
            {
                return [.. _registrations.Select(r => r.Module)];
            }
        }
    }

    internal Machine Machine { get; }

    /// <summary>
    /// Registers a client or a provider and introduces it to every module that it fits: <c>NmrRegisterClient</c>, <c>NmrRegisterProvider</c>.
    /// At PASSIVE_LEVEL.
    /// </summary>
    /// <returns>
    /// Success; <see cref="NtStatus.InvalidParameter"/> for a module that is registered already; the status of
    /// <see cref="NmrModule.Validate"/> if that is a failure.
    /// </returns>
    public NtStatus Register(KeThread current, NmrModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        RequirePassive(current);
        NtStatus valid = module.Validate(current);
        if (!valid.IsSuccess)
        {
            return valid;
        }

        NmrRegistration registration = new(Machine, module);
        List<(NmrRegistration Client, NmrRegistration Provider)> meetings = [];
        lock (_lock)
        {
            if (module.Registration is not null)
            {
                return NtStatus.InvalidParameter;
            }

            module.Registration = registration;
            foreach (NmrRegistration other in _registrations)
            {
                if (other.Module.NpiId == module.NpiId && !other.IsDeregistering && other.Module is NmrClient != module is NmrClient)
                {
                    meetings.Add(module is NmrClient ? (registration, other) : (other, registration));
                    other.Attaching++;
                    registration.Attaching++;
                }
            }

            _registrations.Add(registration);
        }

        foreach ((NmrRegistration client, NmrRegistration provider) in meetings)
        {
            Introduce(current, client, provider);
        }

        return NtStatus.Success;
    }

    /// <summary>
    /// Deregisters a module: asks both sides of each of its bindings to detach. <c>NmrDeregisterClient</c>, <c>NmrDeregisterProvider</c>.
    /// At PASSIVE_LEVEL.
    /// </summary>
    /// <returns>
    /// Success if no binding is left; <see cref="NtStatus.Pending"/> if a side has yet to complete: then call
    /// <see cref="WaitForDeregister"/>. <see cref="NtStatus.InvalidParameter"/> for a module that is not registered, or is already being
    /// deregistered.
    /// </returns>
    public NtStatus Deregister(KeThread current, NmrModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        RequirePassive(current);
        NmrRegistration? registration;
        NmrBinding[] bindings;
        lock (_lock)
        {
            registration = module.Registration;
            if (registration is null || registration.IsDeregistering)
            {
                return NtStatus.InvalidParameter;
            }

            registration.IsDeregistering = true;
            bindings = [.. registration.Bindings];
        }

        foreach (NmrBinding binding in bindings)
        {
            binding.Detach(current);
        }

        lock (_lock)
        {
            EndIfIdle(registration);
        }

        return module.Registration is null ? NtStatus.Success : NtStatus.Pending;
    }

    /// <summary>
    /// Waits until a module that <see cref="Deregister"/> left pending has no binding left: <c>NmrWaitForClientDeregisterComplete</c>,
    /// <c>NmrWaitForProviderDeregisterComplete</c>. At PASSIVE_LEVEL, outside of epochs and locks.
    /// </summary>
    public void WaitForDeregister(KeThread current, NmrModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        RequirePassive(current);
        NmrRegistration? registration;
        lock (_lock)
        {
            registration = module.Registration;
        }

        registration?.Ended.Wait(current, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Removes a binding whose two sides are detached and cleaned up.</summary>
    internal void Remove(NmrBinding binding)
    {
        lock (_lock)
        {
            RemoveFrom(binding.Client.Registration, binding);
            RemoveFrom(binding.Provider.Registration, binding);
        }
    }

    /// <summary>Lists modules whose drivers have gone without deregistering them.</summary>
    internal void ReportLeaks(List<string> leaks) => leaks.AddRange(
        Modules.Select(m => $"NMR {(m is NmrClient ? "client" : "provider")} of NPI {m.NpiId}, module {m.ModuleId}: not deregistered"));

    private static void RequirePassive(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (current.Irql != Irql.Passive)
        {
            current.BugCheckIrql(Irql.Passive);
        }
    }

    /// <summary>Offers a provider to a client. A binding exists once the client's callback has succeeded.</summary>
    private void Introduce(KeThread current, NmrRegistration client, NmrRegistration provider)
    {
        NmrBinding binding = new(this, (NmrClient)client.Module, (NmrProvider)provider.Module);
        NtStatus status = NtStatus.Unsuccessful;
        bool goesAtOnce;
        try
        {
            status = ((NmrClient)client.Module).AttachProvider(current, binding);
        }
        finally
        {
            // A callback that throws stops the machine; no thread may be left waiting for this attachment.
            lock (_lock)
            {
                client.Attaching--;
                provider.Attaching--;
                if (status.IsSuccess)
                {
                    client.Bindings.Add(binding);
                    provider.Bindings.Add(binding);
                }

                goesAtOnce = status.IsSuccess && (client.IsDeregistering || provider.IsDeregistering);
                EndIfIdle(client);
                EndIfIdle(provider);
            }
        }

        // One of them was deregistered while they attached, and did not see this binding.
        if (goesAtOnce)
        {
            binding.Detach(current);
        }
    }

    private void RemoveFrom(NmrRegistration? registration, NmrBinding binding)
    {
        if (registration is not null)
        {
            registration.Bindings.Remove(binding);
            EndIfIdle(registration);
        }
    }

    private void EndIfIdle(NmrRegistration registration)
    {
        if (registration.IsDeregistering && registration.IsIdle && ReferenceEquals(registration.Module.Registration, registration))
        {
            registration.Module.Registration = null;
            _registrations.Remove(registration);
            registration.Ended.Set();
        }
    }
}
