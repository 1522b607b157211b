using System.Diagnostics;
using KernelSim.Nt;
using KernelSim.Nt.Images;
using KernelSim.Nt.Io;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.Tool.Drivers;

/// <summary>What the files of <c>--driver</c> bring to one machine: drivers and program modules.</summary>
internal sealed class DriverSet : IHostDrivers
{
    private readonly LoadedAssemblies _loaded = new();
    private readonly List<DriverFile> _files = [];
    private readonly Dictionary<string, DriverFile> _drivers = new(StringComparer.OrdinalIgnoreCase);

    private DriverSet()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. _files.SelectMany(f => f.Drivers).Select(d => d.Name)];

    /// <summary>Loads the files, in their order, and creates their drivers; no machine has them yet.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="set">What they bring.</param>
    /// <returns>Why one of them cannot be used; otherwise null.</returns>
    public static Failure? Read(IReadOnlyList<string> paths, out DriverSet? set)
    {
        set = null;
        DriverSet read = new();
        foreach (string path in paths)
        {
            if (DriverFile.Load(path, read._loaded, out DriverFile? file) is { } failure)
            {
                return failure;
            }

            foreach (IDriver driver in file!.Drivers)
            {
                if (!read._drivers.TryAdd(driver.Name, file))
                {
                    return new Failure(
                        $"driver '{driver.Name}' of '{path}' given, expected a name that no other driver has: "
                        + $"'{read._drivers[driver.Name].Name}' has it",
                        Errno.EEXIST);
                }
            }

            read._files.Add(file);
        }

        set = read;
        return null;
    }

    /// <inheritdoc/>
    public bool Has(string driver) => _drivers.ContainsKey(driver);

    /// <inheritdoc/>
    public Failure? InstallModule(Machine machine, string path, out string? module)
    {
        module = null;
        if (!path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return null;
        }

        if (DriverFile.Load(path, _loaded, out DriverFile? file) is { } failure)
        {
            return failure;
        }

        if (file!.Drivers.Count > 0 || file.Modules.Images.Count != 1)
        {
            string[] names = [.. file.Drivers.Select(d => d.Name), .. file.Modules.Images.Select(i => i.Path)];
            return new Failure($"'{path}' given, expected the assembly of one program module, or --driver: it has {string.Join(", ", names)}");
        }

        DriverImage image = file.Modules.Images.First();
        machine.Images.Install(image);
        module = image.Path;
        return null;
    }

    /// <inheritdoc/>
    public Failure? LoadOn(Machine machine)
    {
        foreach (DriverFile file in _files)
        {
            foreach (DriverImage image in file.Modules.Images)
            {
                machine.Images.Install(image);
            }

            foreach (IDriver driver in file.Drivers)
            {
                if (Load(machine, file, driver) is { } failure)
                {
                    return failure;
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Threw(Exception exception) => new StackTrace(exception).GetFrames()
        .Any(f => f.GetMethod()?.DeclaringType?.Assembly is { } assembly && _loaded.Contains(assembly));

    /// <inheritdoc/>
    public Check? FindCheck(int number) => _files.Select(f => f.FindCheck(number)).FirstOrDefault(c => c is not null);

    /// <inheritdoc/>
    public IReadOnlyList<string> NameOwners(Machine machine, IReadOnlyList<string> leaks)
    {
        List<string> named = [.. leaks];
        foreach (PoolTag tag in machine.Pool.TagsInUse)
        {
            string[] owners = [.. _files.Where(f => f.Tags(tag.ToString())).Select(f => f.Name)];
            int line = named.FindIndex(l => l.StartsWith($"pool '{tag}':", StringComparison.Ordinal));
            if (owners.Length > 0 && line >= 0)
            {
                named[line] += $", left by {string.Join(" or ", owners)}";
            }
        }

        return named;
    }

    private static Failure? Load(Machine machine, DriverFile file, IDriver driver)
    {
        string given = $"driver '{driver.Name}' of '{file.Name}' given, expected one that loads";
        if (machine.Io.Drivers.Any(d => string.Equals(d.Name, driver.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return new Failure($"{given}: the machine has a driver of that name, which cannot be replaced", Errno.EEXIST);
        }

        try
        {
            NtStatus status = machine.LoadDriver(driver, out _);
            return status.IsSuccess ? null
                : new Failure($"{given}: its DriverEntry returned {status}", ResultConversions.ToErrno(ResultConversions.SeenThroughIoctl(status)));
        }
        catch (BugcheckException stop)
        {
            return new Failure($"{given}: {Failure.MachineStopped(stop).Message}", Errno.EIO);
        }
    }
}
