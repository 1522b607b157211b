using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>What a module's driver shows when it introduces itself: <c>metadata_table_t</c>.</summary>
/// <param name="Path">Where its file lies: the file's hash is what was authorised.</param>
/// <param name="File">Its maps, programs and initial values.</param>
/// <param name="Bodies">What runs, for each program.</param>
internal sealed record NativeModuleTable(string Path, NativeModuleFile File, IReadOnlyList<NativeProgram> Bodies);
