using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The hash of what a program was verified against: <c>_ebpf_program_compute_program_information_hash</c>. A provider that comes back must have
/// the same one, or the program could call helpers that the verifier never saw. Fields and order are those that bpf2c hashes.
/// </summary>
public static class ProgramInfoHash
{
    /// <summary>Name of the algorithm, as in native modules.</summary>
    public const string Algorithm = "SHA256";

    /// <summary>Computes the hash.</summary>
    /// <param name="info">The program type with its helpers.</param>
    /// <param name="helperIds">Ids of the helpers that the program calls, each once.</param>
    /// <returns>32 bytes; null if a helper is neither a general one nor the type's own, or is given twice.</returns>
    public static byte[]? Compute(ProgramInfo info, IReadOnlyCollection<uint> helperIds)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(helperIds);
        List<HelperPrototype> used = [];
        foreach (HelperRow row in HelperTable.All)
        {
            if (helperIds.Contains(row.Prototype.Id))
            {
                used.Add(row.Prototype);
            }
        }

        used.AddRange(info.TypeHelpers.Where(h => helperIds.Contains(h.Id)));
        if (used.Count != helperIds.Count)
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ProgramTypeDescriptor type = info.Descriptor;
        Append(hash, type.Name);
        Append(hash, type.ContextDescriptor);
        Append(hash, type.ProgramType);
        Append(hash, (uint)type.BpfProgType);
        Append(hash, (byte)(type.IsPrivileged ? 1 : 0));
        Append(hash, (ulong)used.Count);
        foreach (HelperPrototype helper in used.OrderBy(h => h.Id))
        {
            Append(hash, helper.Id);
            Append(hash, helper.Name);
            Append(hash, (uint)helper.ReturnType);
            for (int i = 0; i < HelperPrototype.MaxArguments; i++)
            {
                Append(hash, (uint)helper.Argument(i));
            }

            if (helper.ReallocatesPacket)
            {
                Append(hash, SerializedHelperPrototype.ReallocatePacketBit);
            }
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));

    private static void Append<T>(IncrementalHash hash, T value)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}
