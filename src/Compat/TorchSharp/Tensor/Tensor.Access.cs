using TorchSharp.Engine;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory of a tensor in row order; writing to it writes the tensor.</summary>
        public Span<byte> bytes
        {
            get
            {
                if (!Core.Contiguous) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                return Strided.Bytes(Core);
            }

            set
            {
                if (!Core.Contiguous) throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                Span<byte> mine = Strided.Bytes(Core);
                if (mine.Length != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(mine);
                Core.Storage.Version++;
            }
        }

        /// <summary>Elements one by one.</summary>
        /// <exception cref="ArgumentException">The tensor holds another type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (Types.Of(typeof(T)) != Core.Type) throw new ArgumentException($"{typeof(T).Name} is not compatible with {Core.Type}");
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">There are several, or the type is another.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (Core.Count != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            if (Types.Of(typeof(T)) != Core.Type) throw new ArgumentException($"{typeof(T).Name} is not compatible with {Core.Type}");
            return Core.Storage.Span<T>(Core.Offset, 1)[0];
        }

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public T ReadCpuValue<T>(long i)
            where T : unmanaged
        {
            if (i < 0 || i >= Core.Count) throw new IndexOutOfRangeException("The index is out of bounds.");
            return data<T>().At(i);
        }

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => torch.allclose(this, target, rtol, atol, equal_nan);

        /// <summary>A truth value: same shape and equal elements.</summary>
        public Tensor equal(Tensor target) => torch.equal(this, target);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null)
        {
            TorchError.Require(Core.Shape.Length is 1 or 2, "prob_dist must be 1 or 2 dim");
            TorchError.Require(replacement || num_samples <= Core.Shape[^1], "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
            return new Tensor(RandomNumbers.Multinomial(Core, (int)num_samples, replacement, generator));
        }

        public Tensor bernoulli(Generator? generator = null)
        {
            using Tensor draw = RandomNumbers.Uniform(Core.Shape, ScalarType.Float64, 0, 1, generator);
            using Tensor hit = draw.lt(this);
            return hit.to_type(Core.Type);
        }

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => zeros(size, dtype ?? Core.Type, device, requires_grad);

        internal Tensor Flagged(bool requiresGrad)
        {
            if (requiresGrad) requires_grad = true;
            return this;
        }
    }
}
