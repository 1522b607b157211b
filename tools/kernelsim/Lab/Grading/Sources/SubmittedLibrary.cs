using System.Reflection;
using KernelSim.Tool.Drivers;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>Loads what the judge has compiled, in the process that runs it.</summary>
internal static class SubmittedLibrary
{
    /// <summary>Loads a library.</summary>
    /// <param name="path">Full path of it.</param>
    /// <exception cref="InvalidDataException">It cannot be read; the message says why.</exception>
    public static Assembly Load(string path) => AssemblyImage.Read(path, out AssemblyImage? image) is { } unreadable
        ? throw new InvalidDataException(unreadable.Message)
        : new DriverLoadContext(path, new LoadedAssemblies()).LoadOnce(image!);
}
