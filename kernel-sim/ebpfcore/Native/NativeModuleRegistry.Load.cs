using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Images;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Native;

/// <content>Operation 31.</content>
internal sealed partial class NativeModuleRegistry
{
    /// <summary>
    /// Starts the driver of a service and creates a handle of the module that it attaches: <c>ebpf_native_load</c>. Called outside of epochs,
    /// because it waits while a driver of the same image is unloading.
    /// </summary>
    /// <param name="caller">The caller, in whose process the handle is created.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="id">Id of the module that it is expected to attach.</param>
    /// <param name="module">The module, on success; its handle holds a reference.</param>
    /// <param name="handle">The new handle.</param>
    public EbpfResult Load(in Caller caller, string service, Guid id, out NativeModule? module, out NtHandle handle)
    {
        KeThread current = caller.Current;
        module = null;
        handle = NtHandle.Invalid;
        using (_lock.Acquire(current))
        {
            _refused.Remove(id);
        }

        // A driver that did not start, or was already running, is not a failure yet: its module may be attached all the same.
        NtStatus started = Start(current, service);
        if (!TryBegin(caller, service, id, started, out NativeModule? found, out EbpfResult result))
        {
            if (found is null && started.IsSuccess)
            {
                // A running driver would keep its image from being loaded again; upstream's library stops it.
                current.Machine.Services.Stop(current, service);
            }

            return result;
        }

        result = caller.CreateHandle(found!, out handle);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        using (_lock.Acquire(current))
        {
            if (found!.State == NativeModuleState.Initializing)
            {
                found.State = NativeModuleState.Initialized;
            }
        }

        module = found;
        return EbpfResult.Success;
    }

    /// <summary>Starts a service's driver; first waits for a driver of the same image that is unloading.</summary>
    private NtStatus Start(KeThread current, string service)
    {
        ServiceTable services = current.Machine.Services;
        while (true)
        {
            NtStatus status = services.Start(current, service);
            if (status != NtStatus.ImageAlreadyLoaded || !services.TryFind(service, out ServiceEntry? entry))
            {
                return status;
            }

            string path = entry.Image.Path;
            NativeModule? loaded;
            bool isEnding;
            using (_lock.Acquire(current))
            {
                loaded = _modules.Find(m => string.Equals(m.ImagePath, path, StringComparison.OrdinalIgnoreCase));
                isEnding = loaded is { IsEnding: true };
            }

            if (current.Process is { HasExited: true })
            {
                return NtStatus.ProcessIsTerminating;
            }

            if (isEnding)
            {
                loaded!.Ended.Wait(current, Timeout.InfiniteTimeSpan, current.Process);
            }
            else if (loaded is not null || IsNameTaken(current, entry) || !services.WaitForUnload(current, path))
            {
                return status;
            }
        }
    }

    private static bool IsNameTaken(KeThread current, ServiceEntry service) => current.Machine.Io.Drivers.Any(d =>
        string.Equals(d.Name, service.Name, StringComparison.OrdinalIgnoreCase)
        && !string.Equals(d.ImagePath, service.Image.Path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds the attached module and reserves it for this load; false if a check refused, with its result.</summary>
    private bool TryBegin(
        in Caller caller, string service, Guid id, NtStatus started, out NativeModule? found, out EbpfResult result)
    {
        bool wasRefused;
        NativeModuleState state = default;
        bool isGoing = false;
        caller.Current.Machine.Services.TryFind(service, out ServiceEntry? entry);
        using (_lock.Acquire(caller.Current))
        {
            wasRefused = _refused.Remove(id);
            found = FindLocked(id);
            if (found is not null)
            {
                state = found.State;
                isGoing = found.IsGoing;
                if (state == NativeModuleState.Uninitialized && !isGoing)
                {
                    found.State = NativeModuleState.Initializing;
                    found.Service = service;
                    found.ImagePath = entry?.Image.Path;
                }
            }
        }

        result = EbpfResult.Success;
        if (found is null && wasRefused)
        {
            // The refusal that says why the driver was refused just now must not be replaced by one that the module is missing.
            result = caller.ReportConsequence(CheckTable.NativeModulePresent, 0, 1);
        }
        else if (found is null && !caller.Require(
            started != NtStatus.ImageAlreadyLoaded, CheckTable.NativeLoadImage, started.Value, NtStatus.Success.Value))
        {
            result = caller.Refused;
        }
        else if (!caller.Require(found is not null, CheckTable.NativeModulePresent, found is null ? 0 : 1, 1)
            || !caller.Require(!isGoing, CheckTable.NativeModuleGoing, isGoing ? 1 : 0, 0)
            || !caller.Require(
                state == NativeModuleState.Uninitialized, CheckTable.NativeLoadOnce, (long)state, (long)NativeModuleState.Uninitialized))
        {
            result = caller.Refused;
        }

        return result == EbpfResult.Success;
    }
}
