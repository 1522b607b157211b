using KernelSim.Nt.Images;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// Creates native modules: what <c>bpf2c</c> and the C compiler do together. The result is a driver's file, to be installed on a machine with
/// <see cref="ImageStore.Install"/>; user mode opens and loads it by its path.
/// </summary>
public static class NativeModuleImage
{
    /// <summary>
    /// Compiles a class: its methods with <see cref="EbpfProgramAttribute"/> become programs, the members of its nested enumeration with
    /// <see cref="EbpfMapAttribute"/> maps.
    /// </summary>
    /// <remarks>
    /// Which helpers and maps a program uses is read from the code of its method and of those of the class that it calls, so that none
    /// can be forgotten. A map number that is not a constant counts as a use of all maps.
    /// </remarks>
    /// <param name="module">The class to compile.</param>
    /// <param name="path">Path of the file to create, such as <c>droppacket.sys</c>.</param>
    /// <exception cref="ArgumentException">Something in the class cannot be compiled; the message says what and where.</exception>
    public static DriverImage Compile(Type module, string path)
    {
        ArgumentNullException.ThrowIfNull(module);
        NativeModuleCompiler compiler = new(module);
        return Build(path, compiler.Compile(out IReadOnlyList<NativeProgram> bodies), bodies);
    }

    /// <summary>Creates a module from a description and bodies without validating them: that is up to the driver.</summary>
    /// <param name="path">Path of the file to create.</param>
    /// <param name="file">Contents of the file.</param>
    /// <param name="bodies">What runs, for each of the file's programs.</param>
    public static DriverImage Build(string path, NativeModuleFile file, IReadOnlyList<NativeProgram> bodies)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(bodies);
        NativeModuleMetadata metadata = new(path, file, bodies);
        return new DriverImage(path, file.ToBytes(), service => new NativeModuleDriver(service, metadata));
    }
}
