using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random bits: Philox 4x32-10 (Salmon and others 2011) keyed by the seed, numbered by a 64-bit block counter.</summary>
    /// <remarks>
    /// A draw of n numbers takes whole blocks: n numbers of rand, randint and bernoulli one 64-bit half block each, randn a half block for each number of a pair.
    /// The numbers differ from libtorch's, whose CPU generator is a Mersenne twister; seeds give equal bits in this engine on every machine and for any number of threads.
    /// </remarks>
    public class Generator : IDisposable
    {
        private static readonly Generator Shared = new(unchecked((ulong)67280421310721));
        private readonly Lock gate = new();
        private ulong key;
        private ulong block;

        public Generator(ulong seed = 0, Device? device = null) => key = seed;

        /// <summary>The generator used where none is named; all threads share it.</summary>
        public static Generator Default => Shared;

        public Device device => CPU;

        /// <summary>Starts the stream of a seed.</summary>
        public Generator manual_seed(long seed)
        {
            lock (gate)
            {
                key = unchecked((ulong)seed);
                block = 0;
            }

            return this;
        }

        public long initial_seed() => unchecked((long)key);

        /// <summary>Starts the stream of a seed from the operating system's entropy and returns that seed.</summary>
        public long seed()
        {
            Span<byte> bytes = stackalloc byte[8];
            System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
            long value = BitConverter.ToInt64(bytes) & long.MaxValue;
            manual_seed(value);
            return value;
        }

        /// <summary>Seed and position, 16 bytes.</summary>
        public Tensor get_state()
        {
            lock (gate)
            {
                var bytes = new byte[16];
                BitConverter.TryWriteBytes(bytes, key);
                BitConverter.TryWriteBytes(bytes.AsSpan(8), block);
                return tensor(bytes);
            }
        }

        public void set_state(Tensor value)
        {
            TorchError.Require(value.dtype == ScalarType.Byte && value.numel() == 16, "RNG state is wrong size");
            Span<byte> bytes = value.bytes;
            lock (gate)
            {
                key = BitConverter.ToUInt64(bytes);
                block = BitConverter.ToUInt64(bytes[8..]);
            }
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
        }

        /// <summary>Reserves blocks of two 64-bit numbers each and says where they begin.</summary>
        internal (ulong Key, ulong Block) Take(long blocks)
        {
            lock (gate)
            {
                ulong first = block;
                block += (ulong)blocks;
                return (key, first);
            }
        }
    }
}
