namespace KernelSim.EbpfCore.Rings;

/// <summary>Room in a ring that one writer has: a locked record, until it is submitted or discarded.</summary>
/// <param name="Offset">Where the record begins, in bytes since the ring was made.</param>
/// <param name="Length">Bytes of payload.</param>
internal readonly record struct RingReservation(ulong Offset, uint Length);
