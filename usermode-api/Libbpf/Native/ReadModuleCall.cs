using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Modules;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_object_open</c> of a native module: reads and parses its file.</summary>
/// <param name="path">Path of the file.</param>
/// <param name="answer">Receives the contents of the file.</param>
internal readonly struct ReadModuleCall(string path, ModuleContents answer) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!IsNative(path))
        {
            return call.Refuse(CheckTable.ApiObjectNative, $"'{path}' given");
        }

        NtStatus status = ModuleMessages.ReadFile(call.Channel, path, out byte[] bytes);
        if (!status.IsSuccess)
        {
            return call.Refuse(CheckTable.ApiObjectFile, $"{status.Name} for '{path}'");
        }

        answer.File = NativeModuleFile.TryParse(bytes);
        return answer.File is not null ? EbpfResult.Success : call.Refuse(CheckTable.ApiObjectContents, $"{bytes.Length} bytes of '{path}' given");
    }

    /// <summary>Whether the file name is a driver's or library's: <c>Platform::_is_native_program</c>.</summary>
    public static bool IsNative(string path) =>
        path.EndsWith(".sys", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
