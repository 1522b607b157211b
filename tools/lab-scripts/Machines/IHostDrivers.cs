using KernelSim.LabScripts.Output;
using KernelSim.Nt;
using KernelSim.Protocol.Checks;

namespace KernelSim.LabScripts.Machines;

/// <summary>The user's own drivers and program modules for one machine, from files of the host.</summary>
internal interface IHostDrivers
{
    /// <summary>The names of the drivers, in the order in which they load.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether there is a driver of a name.</summary>
    bool Has(string driver);

    /// <summary>Installs the modules on a machine and loads the drivers.</summary>
    /// <returns>Why a driver did not load; otherwise null. Those before it stay loaded until the machine shuts down.</returns>
    Failure? LoadOn(Machine machine);

    /// <summary>Installs the program module of a file, if the host has one of that path that is an assembly.</summary>
    /// <param name="machine">A machine that has these drivers.</param>
    /// <param name="path">The file.</param>
    /// <param name="module">The path of the module on the machine; null if the host has no such file.</param>
    /// <returns>Why the file cannot be used; otherwise null.</returns>
    Failure? InstallModule(Machine machine, string path, out string? module);

    /// <summary>Whether an exception was thrown by code of the files, or by what it called.</summary>
    bool Threw(Exception exception);

    /// <summary>The check of a number that a driver has declared; null if there is none.</summary>
    Check? FindCheck(int number);

    /// <summary>The report of a shutdown, with the file whose code names the tag in the line of each pool tag.</summary>
    IReadOnlyList<string> NameOwners(Machine machine, IReadOnlyList<string> leaks);
}
