using KernelSim.Nt.Images;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// Makes native modules: what <c>bpf2c</c> and the C compiler do together. The result is a driver's file, to be put on a machine with
/// <see cref="ImageStore.Install"/>; user mode opens and loads it by its path.
/// </summary>
public static class NativeModuleImage
{
    /// <summary>
    /// Compiles a class: its methods with <see cref="EbpfProgramAttribute"/> become programs, the members of its nested enumeration with
    /// <see cref="EbpfMapAttribute"/> maps.
    /// </summary>
    /// <remarks>
    /// Which helpers and maps a program uses is read from the code of its method and of those of the class that it calls, so that nobody
    /// can forget one. A map that is not named by a constant counts as any.
    /// </remarks>
    /// <param name="module">The class.</param>
    /// <param name="path">Where the file is to lie, such as <c>droppacket.sys</c>.</param>
    /// <exception cref="ArgumentException">Something in the class cannot be compiled; the message says what and where.</exception>
    public static DriverImage Compile(Type module, string path)
    {
        ArgumentNullException.ThrowIfNull(module);
        NativeModuleCompiler compiler = new(module);
        return Build(path, compiler.Compile(out IReadOnlyList<NativeProgram> bodies), bodies);
    }

    /// <summary>Makes a module of a description and bodies, whatever they are: checking them is the driver's part.</summary>
    /// <param name="path">Where the file is to lie.</param>
    /// <param name="file">What the file says.</param>
    /// <param name="bodies">What runs, for each of the file's programs.</param>
    public static DriverImage Build(string path, NativeModuleFile file, IReadOnlyList<NativeProgram> bodies)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(bodies);
        NativeModuleTable table = new(path, file, bodies);
        return new DriverImage(path, file.ToBytes(), service => new NativeModuleDriver(service, table));
    }
}
