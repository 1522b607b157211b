using KernelSim.Nt.Io;
using KernelSim.Protocol;

namespace KernelSim.Nt.Ob;

// The namespace. What it names are devices, and its lock guards the state of their drivers.
public sealed partial class ObjectManager
{
    private const int MaxLinks = 32;
    private const string Global = @"\GLOBAL??\";

    private static readonly string[] s_globalAliases = [@"\\.\", @"\\?\", @"\??\", @"\DosDevices\"];

    private readonly Dictionary<string, DeviceObject> _devices = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SymbolicLink> _links = [];
    private readonly Lock _lock = new();

    /// <summary>Symbolic links and their targets, for debuggers.</summary>
    public IReadOnlyDictionary<string, string> SymbolicLinks
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<string, string>(_links.ToDictionary(l => l.Name, l => l.Target), StringComparer.OrdinalIgnoreCase);
            }
        }
    }

    internal bool TryAdd(DeviceObject device)
    {
        lock (_lock)
        {
            return FindLink(device.Name) is null && _devices.TryAdd(device.Name, device);
        }
    }

    internal void Remove(DeviceObject device)
    {
        lock (_lock)
        {
            if (_devices.TryGetValue(device.Name, out DeviceObject? found) && ReferenceEquals(found, device))
            {
                _devices.Remove(device.Name);
            }
        }
    }

    internal NtStatus AddLink(string link, string target)
    {
        if (!IsPath(link) || !IsPath(target))
        {
            return NtStatus.ObjectNameInvalid;
        }

        lock (_lock)
        {
            string name = Canonical(link);
            if (_devices.ContainsKey(name) || FindLink(name) is not null)
            {
                return NtStatus.ObjectNameCollision;
            }

            _links.Add(new SymbolicLink(name, Canonical(target)));
            return NtStatus.Success;
        }
    }

    internal NtStatus RemoveLink(string link)
    {
        if (!IsPath(link))
        {
            return NtStatus.ObjectNameInvalid;
        }

        lock (_lock)
        {
            return FindLink(Canonical(link)) is { } found && _links.Remove(found) ? NtStatus.Success : NtStatus.ObjectNameNotFound;
        }
    }

    /// <summary>Removes the links whose target is a device.</summary>
    internal void RemoveLinksTo(string device)
    {
        lock (_lock)
        {
            _links.RemoveAll(l => string.Equals(l.Target, device, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Allows opening a driver's devices, now that its entry point has succeeded.</summary>
    internal void SetLoaded(DriverObject driver)
    {
        lock (_lock)
        {
            driver.State = DriverState.Loaded;
        }
    }

    /// <summary>
    /// Refuses to open a driver's devices from now on. False, and nothing changes, while files are open on one (unless forced), while it is
    /// being loaded, or if another thread is already unloading it.
    /// </summary>
    internal bool TryBeginUnload(DriverObject driver, bool force)
    {
        lock (_lock)
        {
            bool may = driver.State == DriverState.Loaded && (force || driver.OpenFiles == 0);
            driver.State = may ? DriverState.Unloading : driver.State;
            return may;
        }
    }

    internal bool IsUnloading(DriverObject driver)
    {
        lock (_lock)
        {
            return driver.State == DriverState.Unloading;
        }
    }

    /// <summary>
    /// Follows links from a name to a device, and counts an open file on it, which keeps it loaded. For a device whose driver is not yet
    /// loaded, or is being unloaded: <see cref="NtStatus.NoSuchDevice"/>.
    /// </summary>
    internal NtStatus OpenDevice(string name, out DeviceObject? device)
    {
        device = null;
        if (!IsPath(name))
        {
            return NtStatus.ObjectNameInvalid;
        }

        lock (_lock)
        {
            string at = Canonical(name);
            for (int i = 0; i < MaxLinks; i++)
            {
                if (_devices.TryGetValue(at, out device))
                {
                    if (device.Driver.State != DriverState.Loaded)
                    {
                        device = null;
                        return NtStatus.NoSuchDevice;
                    }

                    device.AddFile();
                    return NtStatus.Success;
                }

                if (FindLink(at) is not { } link)
                {
                    break;
                }

                at = link.Target;
            }

            return NtStatus.ObjectNameNotFound;
        }
    }

    private SymbolicLink? FindLink(string name) => _links.Find(l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsPath(string name) => name is { Length: > 1 } && name[0] == '\\';

    private static string Canonical(string name)
    {
        foreach (string alias in s_globalAliases)
        {
            if (name.StartsWith(alias, StringComparison.OrdinalIgnoreCase))
            {
                return Global + name[alias.Length..];
            }
        }

        return name;
    }

    /// <summary>A name that stands for another.</summary>
    internal sealed record SymbolicLink(string Name, string Target);
}
