using System.Diagnostics.CodeAnalysis;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Images;

/// <summary>
/// Driver services: names for images that can be started, and the drivers started from them. Stands for the service control manager's
/// database and for <c>ZwLoadDriver</c> and <c>ZwUnloadDriver</c>.
/// </summary>
/// <remarks>Its lock guards the lists; drivers are called without it.</remarks>
public sealed class ServiceTable
{
    private readonly Machine _machine;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServiceEntry> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DriverObject> _started = new(StringComparer.OrdinalIgnoreCase);

    internal ServiceTable(Machine machine)
    {
        _machine = machine;
    }

    /// <summary>The existing services.</summary>
    public IReadOnlyList<ServiceEntry> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _services.Values.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];
            }
        }
    }

    /// <summary>Creates a service: <c>CreateService</c> with an NpiModuleId under its parameters.</summary>
    /// <returns>
    /// Success; <see cref="NtStatus.ObjectNameInvalid"/> without a name; <see cref="NtStatus.ObjectNameCollision"/>;
    /// <see cref="NtStatus.ObjectNameNotFound"/> if there is no image at that path.
    /// </returns>
    public NtStatus Create(string name, string imagePath, Guid moduleId)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        if (string.IsNullOrEmpty(name))
        {
            return NtStatus.ObjectNameInvalid;
        }

        if (!_machine.Images.TryFind(imagePath, out DriverImage? image))
        {
            return NtStatus.ObjectNameNotFound;
        }

        lock (_lock)
        {
            return _services.TryAdd(name, new ServiceEntry(name, image, moduleId)) ? NtStatus.Success : NtStatus.ObjectNameCollision;
        }
    }

    /// <summary>Deletes a service; a driver that it started keeps running: <c>DeleteService</c>.</summary>
    /// <returns>Success or <see cref="NtStatus.ObjectNameNotFound"/>.</returns>
    public NtStatus Delete(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_lock)
        {
            return _services.Remove(name) ? NtStatus.Success : NtStatus.ObjectNameNotFound;
        }
    }

    /// <summary>Starts a service's driver: <c>ZwLoadDriver</c>. At PASSIVE_LEVEL.</summary>
    /// <param name="current">The calling thread, at PASSIVE_LEVEL.</param>
    /// <param name="path">The service's registry path (<see cref="ServiceEntry.RegistryPrefix"/> and its name), or its name alone.</param>
    /// <returns>
    /// Success; <see cref="NtStatus.ObjectNameNotFound"/>; <see cref="NtStatus.ImageAlreadyLoaded"/> while a driver of the same image is
    /// loaded, whichever service started it; the status of the driver's entry point.
    /// </returns>
    public NtStatus Start(KeThread current, string path)
    {
        ArgumentNullException.ThrowIfNull(current);
        ServiceEntry? service;
        lock (_lock)
        {
            if (!_services.TryGetValue(NameOf(path), out service))
            {
                return NtStatus.ObjectNameNotFound;
            }
        }

        if (service.Image.Load?.Invoke(service) is not { } image)
        {
            return NtStatus.InvalidImageFormat;
        }

        NtStatus status = _machine.Io.LoadDriver(image, service.Image.Path, out DriverObject? driver);
        if (status.IsSuccess)
        {
            lock (_lock)
            {
                _started[service.Name] = driver!;
            }
        }

        return status;
    }

    /// <summary>
    /// Unloads the driver that a service started, whether or not the service was deleted meanwhile: <c>ZwUnloadDriver</c>. At PASSIVE_LEVEL.
    /// </summary>
    /// <returns>Success; <see cref="NtStatus.ObjectNameNotFound"/> if it started none; the status of unloading.</returns>
    public NtStatus Stop(KeThread current, string path)
    {
        ArgumentNullException.ThrowIfNull(current);
        string name = NameOf(path);
        DriverObject? driver;
        lock (_lock)
        {
            if (!_started.TryGetValue(name, out driver))
            {
                return NtStatus.ObjectNameNotFound;
            }
        }

        NtStatus status = _machine.UnloadDriver(driver);
        if (status.IsSuccess)
        {
            lock (_lock)
            {
                // A service of the name can have started another driver meanwhile.
                if (_started.GetValueOrDefault(name) == driver)
                {
                    _started.Remove(name);
                }
            }
        }

        return status;
    }

    /// <summary>A service, by its registry path or its name alone.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out ServiceEntry? service)
    {
        lock (_lock)
        {
            return _services.TryGetValue(NameOf(path), out service);
        }
    }

    /// <summary>Waits until a driver that is unloading has unloaded, or the calling process has ended.</summary>
    /// <param name="current">The calling thread, at PASSIVE_LEVEL.</param>
    /// <param name="imagePath">Path of the driver's image.</param>
    /// <returns>False, immediately, if a driver of that image is loaded and not unloading.</returns>
    public bool WaitForUnload(KeThread current, string imagePath)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(imagePath);
        return _machine.Io.WaitForUnload(current, imagePath);
    }

    /// <summary>Whether a service has started this driver.</summary>
    internal bool HasStarted(DriverObject driver)
    {
        lock (_lock)
        {
            return _started.ContainsValue(driver);
        }
    }

    private static string NameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(ServiceEntry.RegistryPrefix, StringComparison.OrdinalIgnoreCase) ? path[ServiceEntry.RegistryPrefix.Length..] : path;
    }
}
