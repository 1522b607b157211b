using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>The metadata that a module's driver passes when it attaches: <c>metadata_table_t</c>.</summary>
/// <param name="Path">Path of its file, whose hash must be authorised.</param>
/// <param name="File">Its maps, programs and initial values.</param>
/// <param name="Bodies">The method to run for each program.</param>
internal sealed record NativeModuleMetadata(string Path, NativeModuleFile File, IReadOnlyList<NativeProgram> Bodies);
