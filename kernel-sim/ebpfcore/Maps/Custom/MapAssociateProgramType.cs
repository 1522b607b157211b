using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>Called before a program uses a map: <c>ebpf_preprocess_map_associate_program_type_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">The provider's own context for the map.</param>
/// <param name="programType">GUID of the program's type.</param>
/// <returns>Success, or the result that refuses the program.</returns>
public delegate EbpfResult MapAssociateProgramType(KeThread current, object? mapContext, Guid programType);
