using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>Before a program uses a map: <c>ebpf_preprocess_map_associate_program_type_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The thread.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
/// <param name="programType">The program's type.</param>
/// <returns>Success, or what the program is told instead.</returns>
public delegate EbpfResult MapAssociateProgramType(KeThread current, object? mapContext, Guid programType);
