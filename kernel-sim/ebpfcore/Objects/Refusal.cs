using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Objects;

/// <summary>A refusal as the driver returns it.</summary>
internal static class Refusal
{
    extension(KeThread current)
    {
        /// <summary>The result of the check that last refused on this thread: <see cref="KeThread.LastRefused"/>.</summary>
        public EbpfResult RefusedResult => EbpfCheck.Of(current.LastRefused).Result;

        /// <summary>
        /// Makes a check on an element. It is reported only if it refuses, because these checks run for each element of a batch, and not at
        /// all on the helper path, which has no site.
        /// </summary>
        /// <returns><paramref name="passed"/>.</returns>
        public bool RequireElement(bool passed, Check check, string? site, long given, long expected) =>
            passed || current.Require(false, check, site, given, expected);
    }
}
