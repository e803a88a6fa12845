/**
 * Writes trained autoencoders as ONNX models, and reads the weights of any: looks at what an
 * autoencoder consists of, its layers, stages and output, and says each in the operators of ONNX.
 * Beside viz and datasets, above core.
 */
@NullMarked
package io.github.autoencoder4j.onnx;

import org.jspecify.annotations.NullMarked;
