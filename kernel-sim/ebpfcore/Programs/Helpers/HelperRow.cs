using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>A general helper: its signature for the verifier, and its implementation.</summary>
/// <param name="Prototype">Its id, name and types.</param>
/// <param name="Implementation">Its implementation; null if only an extension can provide one.</param>
internal sealed record HelperRow(HelperPrototype Prototype, HelperFunction? Implementation);
